package dev.unitymlops.testkit;

import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Small events, and records that carry them. */
final class Events {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Events() {}

    static JobProgress progress(String jobId, int run) {
        return JobProgress.newBuilder()
                .setJobId(jobId)
                .setRun(run)
                .setStage(Stage.BUILD)
                .setAttempt(1)
                .setPhase("accepted")
                .setAt(START)
                .build();
    }

    /** A record of the job's run whose {@code ce_time} is that many seconds after the start. */
    static ConsumerRecord<String, SpecificRecord> record(
            String topic, int partition, long offset, String jobId, int run, int seconds) {
        var record = new ConsumerRecord<String, SpecificRecord>(topic, partition, offset, jobId, progress(jobId, run));
        String time = START.plusSeconds(seconds).toString();
        record.headers().add("ce_time", time.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
