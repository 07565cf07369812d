package dev.unitymlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Registration;
import dev.unitymlops.events.RegistrationGates;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {

    @Test
    void whatIsReachedExactlyIsNotMissed() throws Exception {
        assertThat(missed(trained(gates(0.8, 100L), metrics(0.8, 100L)))).isEmpty();
    }

    @Test
    void everyMissedGateTellsBothNumbers() throws Exception {
        assertThat(missed(trained(gates(0.8, 100L), metrics(0.79, 99L))))
                .containsExactly(
                        "min_mean_reward demands 0.8, the training reached 0.79",
                        "min_episodes demands 100, the training reached 99");
    }

    @Test
    void whatTheTrainerDoesNotTellOrIsNoNumberMissesAGate() throws Exception {
        assertThat(missed(trained(gates(0.8, 100L), null)))
                .containsExactly(
                        "min_mean_reward demands 0.8, the training tells none",
                        "min_episodes demands 100, the training tells none");
        assertThat(missed(trained(gates(-1.0, null), metrics(Double.NaN, null))))
                .hasSize(1);
    }

    @Test
    void withoutGatesNothingIsMissed() throws Exception {
        assertThat(missed(trained(null, null))).isEmpty();
        assertThat(missed(trained(gates(null, null), null))).isEmpty();
    }

    private static List<String> missed(TrainingCompleted trained) throws Exception {
        return new Judge(null).missed(trained);
    }

    private static RegistrationGates gates(@Nullable Double reward, @Nullable Long episodes) {
        return RegistrationGates.newBuilder()
                .setMinMeanReward(reward)
                .setMinEpisodes(episodes)
                .build();
    }

    private static TrainingMetrics metrics(@Nullable Double reward, @Nullable Long episodes) {
        TrainingMetrics metrics = new TrainingMetrics();
        metrics.setMeanReward(reward);
        metrics.setEpisodes(episodes);
        return metrics;
    }

    private static TrainingCompleted trained(@Nullable RegistrationGates gates, @Nullable TrainingMetrics metrics) {
        TrainingJob job = Jobs.continuous();
        job.setRegistration(Registration.newBuilder().setGates(gates).build());
        TrainingFacts facts = new TrainingFacts();
        facts.setMetrics(metrics);
        TrainingCompleted trained = new TrainingCompleted();
        trained.setJob(job);
        trained.setTraining(facts);
        return trained;
    }
}
