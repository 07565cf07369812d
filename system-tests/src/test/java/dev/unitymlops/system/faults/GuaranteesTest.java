package dev.unitymlops.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The oracle's own rule about holders on logs that keep it and logs that break it. */
class GuaranteesTest {
    private final List<ConsumerRecord<String, SpecificRecord>> log = new ArrayList<>();

    @Test
    void aLogWithOneHolderAfterTheOtherIsWell() {
        queued(0, 1);
        held(0, 2, 1, "a");
        held(0, 3, 1, "a");
        queued(0, 4);
        held(0, 5, 2, "b");
        write(0, null);
        assertThat(new OneHolder().breaches(log)).isEmpty();
    }

    @Test
    void anAttemptHasOneWorkerForGood() {
        held(0, 1, 1, "a");
        held(0, 2, 1, "b");
        assertThat(new OneHolder().breaches(log)).singleElement().asString().contains("held by a and by b");
    }

    @Test
    void anAttemptIsGivenOutOnce() {
        held(0, 1, 1, "a");
        queued(0, 2);
        held(0, 3, 1, "a");
        assertThat(new OneHolder().breaches(log)).singleElement().asString().contains("given out again");
    }

    @Test
    void anEndedRunStaysEnded() {
        held(0, 1, 1, "a");
        write(0, null);
        held(0, 2, 2, "b");
        assertThat(new OneHolder().breaches(log)).singleElement().asString().contains("had ended");
    }

    @Test
    void aJobStaysInItsPartition() {
        held(0, 1, 1, "a");
        held(1, 2, 2, "b");
        assertThat(new OneHolder().breaches(log)).singleElement().asString().contains("partition 0");
    }

    @Test
    void aVersionOfThePastIsNoticed() {
        queued(0, 5);
        queued(0, 4);
        assertThat(new OneHolder().breaches(log)).singleElement().asString().contains("version 4 after 5");
    }

    private void queued(int partition, long version) {
        write(partition, work(version, WorkPhase.QUEUED, 0).build());
    }

    private void held(int partition, long version, int attempt, String worker) {
        write(
                partition,
                work(version, WorkPhase.HELD, attempt).setWorker(worker).build());
    }

    private static StageWork.Builder work(long version, WorkPhase phase, int attempt) {
        return StageWork.newBuilder()
                .setRun(1)
                .setVersion(version)
                .setPhase(phase)
                .setAttempt(attempt)
                .setAttemptsUsed(0)
                .setSince(0)
                .setInput(new StageInput());
    }

    private void write(int partition, @Nullable StageWork work) {
        log.add(new ConsumerRecord<>("build-work", partition, log.size(), "job", work));
    }
}
