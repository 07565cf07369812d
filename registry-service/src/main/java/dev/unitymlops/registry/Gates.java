package dev.unitymlops.registry;

import dev.unitymlops.events.RegistrationGates;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a training with what the job demands of it. */
final class Gates {

    private Gates() {}

    /** Each gate that the training misses, with what was demanded and what was reached; empty when none. */
    static List<String> missed(TrainingCompleted trained) {
        RegistrationGates gates = of(trained);
        List<String> missed = new ArrayList<>();
        if (gates == null) {
            return missed;
        }
        TrainingMetrics metrics = trained.getTraining().getMetrics();
        Double reward = metrics == null ? null : metrics.getMeanReward();
        Double leastReward = gates.getMinMeanReward();
        if (leastReward != null && (reward == null || !(reward >= leastReward))) {
            missed.add("min_mean_reward demands " + leastReward + ", the training " + reached(reward));
        }
        Long episodes = metrics == null ? null : metrics.getEpisodes();
        Long leastEpisodes = gates.getMinEpisodes();
        if (leastEpisodes != null && (episodes == null || episodes < leastEpisodes)) {
            missed.add("min_episodes demands " + leastEpisodes + ", the training " + reached(episodes));
        }
        return missed;
    }

    /** Whether a model that misses a gate is registered all the same, as a rejected one. */
    static boolean registersRejected(TrainingCompleted trained) {
        RegistrationGates gates = of(trained);
        return gates != null && gates.getOnFailure().equals("rejected");
    }

    private static String reached(@Nullable Number value) {
        return value == null ? "tells none" : "reached " + value;
    }

    private static @Nullable RegistrationGates of(TrainingCompleted trained) {
        var registration = trained.getJob().getRegistration();
        return registration == null ? null : registration.getGates();
    }
}
