package dev.unitymlops.scheduler.topology;

import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.scheduler.decision.Output;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards what was decided to the sinks of the topology, with the headers of an event. */
final class Publish {

    static final String SERVICE = "scheduler-service";
    static final String TICKED = "ticked";
    static final String REQUESTED = "requested";
    static final String CANCELLED = "cancelled";

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private final RandomGenerator spanIds;

    Publish(RandomGenerator spanIds) {
        this.spanIds = spanIds;
    }

    void ticked(ProcessorContext<String, SpecificRecord> to, Output.Ticked output, long now) {
        TopicSpec topic = Topics.SCHEDULE_TICKS;
        String scheduleId = output.event().getScheduleId();
        EventHeaders headers = EventHeaders.of(
                topic.name() + "/" + output.tick(),
                topic.name(),
                SERVICE,
                scheduleId,
                Instant.ofEpochMilli(now),
                traceOf(output.tick()));
        forward(to, scheduleId, output.event(), now, TICKED, headers);
    }

    void requested(ProcessorContext<String, SpecificRecord> to, Output.Requested output, long now) {
        String jobId = output.event().getJob().getJobId();
        int run = output.event().getRun();
        EventHeaders headers = EventHeaders.ofAttempt(
                Topics.JOB_REQUESTED.name(),
                SERVICE,
                jobId,
                run,
                0,
                "",
                Instant.ofEpochMilli(now),
                traceOf(output.tick()));
        forward(to, jobId, output.event(), now, REQUESTED, headers);
    }

    void cancelled(ProcessorContext<String, SpecificRecord> to, Output.Cancelled output, long now) {
        String jobId = output.event().getJobId();
        EventHeaders headers = EventHeaders.ofAttempt(
                Topics.JOB_CONTROL.name(),
                SERVICE,
                jobId,
                output.event().getRun(),
                0,
                "cancel/" + output.tick(),
                Instant.ofEpochMilli(now),
                traceOf(output.tick()));
        forward(to, jobId, output.event(), now, CANCELLED, headers);
    }

    /** One trace per tick, whenever its jobs are let go. */
    private TraceParent traceOf(String tick) {
        String hash = HexFormat.of().formatHex(sha256(tick));
        TraceParent root = new TraceParent(
                hash.substring(0, TRACE_DIGITS), hash.substring(TRACE_DIGITS, TRACE_DIGITS + SPAN_DIGITS), true);
        return root.child(spanIds);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void forward(
            ProcessorContext<String, SpecificRecord> to,
            String key,
            SpecificRecord value,
            long now,
            String sink,
            EventHeaders headers) {
        RecordHeaders written = new RecordHeaders();
        headers.writeTo(written);
        to.forward(new Record<>(key, value, now, written), sink);
    }
}
