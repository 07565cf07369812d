package dev.unitymlops.stage.coordinator;

import static dev.unitymlops.stage.coordinator.Samples.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.stage.coordinator.JobState.CancelledAhead;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Ended;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Phase;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateRecordTest {

    static Stream<JobState> everyState() {
        return Stream.of(
                live(new Queued()),
                live(new Held("w", false)),
                live(new Held("w", true)),
                live(new Waiting(77)),
                live(new Cancelling("w")),
                new Ended(3, 9, RunOutcome.SUCCEEDED, "hash", null, 88),
                new Ended(3, 9, RunOutcome.FAILED, "hash", input("hash"), 88),
                new Ended(3, 9, RunOutcome.CANCELLED, "hash", input("hash"), 88),
                new CancelledAhead(3, 9, "f".repeat(64), 88));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void isWhatItWasAfterAStoreAndItsBytes(JobState state) throws IOException {
        StageState stored = StageState.fromByteBuffer(StateRecord.of(state).toByteBuffer());
        assertThat(StateRecord.read(stored)).isEqualTo(state);
    }

    @Test
    void theMarkerOfASuccessIsSmall() throws IOException {
        JobState success = new Ended(3, 900, RunOutcome.SUCCEEDED, "0".repeat(64), null, 1_795_000_000_000L);
        assertThat(StateRecord.of(success).toByteBuffer().remaining()).isLessThanOrEqualTo(100);
    }

    @Test
    void aStateOfANewerVersionIsRefused() {
        StageWork newer = StateRecord.work(live(new Queued()));
        newer.setPhase(WorkPhase.UNKNOWN);
        assertThatIllegalArgumentException().isThrownBy(() -> StateRecord.read(new StageState(newer)));
    }

    private static Live live(Phase phase) {
        return new Live(2, 5, input("hash"), 4, 1, 66, phase);
    }
}
