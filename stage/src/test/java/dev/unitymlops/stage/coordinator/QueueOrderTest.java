package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueOrderTest {

    private static final long STEP = Duration.ofHours(1).toMillis();

    static {
        TrustedPackages.trust();
    }

    private final QueueOrder order = new QueueOrder(Duration.ofHours(1));

    @Test
    void thoseOfOnePriorityAreTakenAsTheyCame() {
        assertThat(order.of(job(5, 10))).isLessThan(order.of(job(5, 11)));
    }

    @Test
    void aHigherPriorityComesBeforeWhoHasWaitedLessThanAStepForEachLevel() {
        assertThat(order.of(job(9, 4 * STEP - 1))).isLessThan(order.of(job(5, 0)));
        assertThat(order.of(job(9, 4 * STEP + 1))).isGreaterThan(order.of(job(5, 0)));
        assertThat(order.of(job(9, 9 * STEP + 1))).isGreaterThan(order.of(job(0, 0)));
    }

    @Test
    void withoutAStepPriorityCountsForNothing() {
        QueueOrder byAge = new QueueOrder(Duration.ZERO);
        assertThat(byAge.of(job(9, 11))).isGreaterThan(byAge.of(job(0, 10)));
    }

    private static Live job(int priority, long since) {
        StageInput input = StageInput.newBuilder()
                .setRecord(new RecordCoordinates("job-requested", 0, 1L))
                .setContentHash("hash")
                .setPriority(priority)
                .setMaxAttempts(3)
                .setDryRun(true)
                .setAssetId("asset-1")
                .build();
        return new Live(1, 1, input, 0, 0, since, new Queued());
    }
}
