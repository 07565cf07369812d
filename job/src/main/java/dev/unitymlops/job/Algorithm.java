package dev.unitymlops.job;

import dev.unitymlops.events.TrainingJob;
import java.util.Locale;
import java.util.Optional;

/** The trainers of ML-Agents that a job can ask for. */
public enum Algorithm {
    PPO,
    SAC,
    POCA;

    /** The algorithm of a job that {@link JobRules} accepts. */
    public static Algorithm of(TrainingJob job) {
        String word = job.getRlConfig().getAlgorithm();
        return named(word).orElseThrow(() -> new IllegalArgumentException("unknown algorithm " + word));
    }

    /** The algorithm with this name, in any case. */
    public static Optional<Algorithm> named(String word) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(word)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The value of {@code trainer_type} in a trainer configuration. */
    public String trainerType() {
        return name().toLowerCase(Locale.ROOT);
    }
}
