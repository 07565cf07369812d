package dev.unitymlops.scheduler.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.Stage;
import dev.unitymlops.runtime.streams.PollBatch;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class NoticeJobsTest {

    private final MockProcessorContext<String, ScheduledJob> context = new MockProcessorContext<>();

    @Test
    void whatIsPassedOnIsCommittedAtOnceAndNothingElse() {
        NoticeJobs notice = new NoticeJobs(new PollBatch());
        notice.init(context);
        notice.process(accepted(1));
        assertThat(context.committed()).isFalse();
        notice.process(accepted(2));
        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.committed()).isTrue();
    }

    private static Record<String, SpecificRecord> accepted(int run) {
        return new Record<>(
                "ours",
                JobProgress.newBuilder()
                        .setJobId("ours")
                        .setRun(run)
                        .setStage(Stage.BUILD)
                        .setAttempt(0)
                        .setPhase("accepted")
                        .setAt(Instant.EPOCH)
                        .setScheduleId("nightly")
                        .build(),
                0);
    }
}
