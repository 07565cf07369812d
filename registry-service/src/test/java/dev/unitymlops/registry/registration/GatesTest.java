package dev.unitymlops.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.registry.registration.Gates.Production;
import dev.unitymlops.registry.registration.Gates.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatesTest {

    @Test
    void aRewardMayLieBelowProductionByTheRegressionAndNoMore() {
        Gates gates = new Gates(null, null, 0.25, List.of());

        assertThat(gates.judge(reached(0.75), new Production(3, 1.0)))
                .containsExactly(new Result(
                        "max_regression allows 0.25 below the 1.0 of version 3 in production, the training reached 0.75",
                        true));
        assertThat(gates.judge(reached(0.74), new Production(3, 1.0)))
                .containsExactly(new Result(
                        "max_regression allows 0.25 below the 1.0 of version 3 in production, the training reached 0.74",
                        false));
        assertThat(gates.judge(reached(Double.NaN), new Production(3, 1.0)))
                .extracting(Result::passed)
                .containsExactly(false);
        assertThat(gates.judge(null, new Production(3, 1.0)))
                .extracting(Result::passed)
                .containsExactly(false);
    }

    @Test
    void withoutARewardInProductionNothingIsComparedAndThatIsTold() {
        Gates gates = new Gates(null, null, 0.25, List.of());

        assertThat(gates.judge(reached(0.1), null))
                .containsExactly(
                        new Result("max_regression allows 0.25, nothing is in production to compare with", true));
        assertThat(gates.judge(reached(0.1), new Production(3, null)))
                .containsExactly(
                        new Result("max_regression allows 0.25, version 3 in production tells no mean reward", true));
    }

    @Test
    void aRequiredMetricIsAFigureOrAScalarThatTheTrainerTold() {
        Gates gates = new Gates(null, null, null, List.of("episodes", "Losses/Policy Loss", "Policy/Entropy"));

        assertThat(gates.judge(reached(0.9), null))
                .containsExactly(
                        new Result("required_metrics demands episodes, the training reached 300.0", true),
                        new Result("required_metrics demands Losses/Policy Loss, the training reached 0.02", true),
                        new Result("required_metrics demands Policy/Entropy, the training tells none", false));
        assertThat(gates.judge(null, null)).extracting(Result::passed).containsOnly(false);
    }

    private static Lineage.Metrics reached(@Nullable Double reward) {
        return new Lineage.Metrics(20_000, reward, null, null, 300L, null, Map.of("Losses/Policy Loss", 0.02));
    }
}
