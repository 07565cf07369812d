package dev.unitymlops.train.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.stage.Progress.Update;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

    private final List<Update> told = new ArrayList<>();
    private final TrainingProgress progress = new TrainingProgress("Reach", 10_000, told::add);

    private static ConsoleLine.Progress summary(String behavior, long step, double elapsed, Double mean, Double std) {
        return new ConsoleLine.Progress(behavior, step, elapsed, mean, std);
    }

    @Test
    void tellsRateAndTimeLeftFromTheLastTwoSummaries() {
        progress.saw(summary("Reach", 2_000, 20, -0.5, 0.1));
        progress.saw(summary("Reach", 4_000, 24, 0.5, 0.2));

        assertThat(told)
                .containsExactly(
                        new Update("training", 2_000L, 10_000L, -0.5, 100.0, 80L, null),
                        new Update("training", 4_000L, 10_000L, 0.5, 500.0, 12L, null));
        assertThat(progress.rewardStd()).isEqualTo(0.2);
    }

    @Test
    void countsOnlyTheStepsSinceAResume() {
        progress.startFrom(8_000);
        progress.saw(summary("Reach", 9_000, 10, null, null));

        assertThat(told).containsExactly(new Update("training", 9_000L, 10_000L, null, 100.0, 10L, null));
    }

    @Test
    void leavesOtherBehavioursOut() {
        progress.saw(summary("Other", 9_000, 10, 1.0, 0.0));

        assertThat(told).isEmpty();
        assertThat(progress.last()).isNull();
    }

    @Test
    void keepsTheDeviationOfTheLastSummaryWithAnEpisode() {
        progress.saw(summary("Reach", 2_000, 20, -0.5, 0.1));
        progress.saw(summary("Reach", 4_000, 24, null, null));

        assertThat(progress.rewardStd()).isEqualTo(0.1);
    }
}
