package dev.unitymlops.job;

import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import java.util.Optional;

/**
 * Where the learning signal comes from. ML-Agents always trains against an environment, so even {@link #OFFLINE} plays;
 * it only ignores the environment's reward.
 */
public enum TrainingMode {
    /** The environment's reward. */
    ONLINE,
    /** The environment's reward and demonstrations. */
    HYBRID,
    /** Demonstrations only: the extrinsic reward has strength 0. */
    OFFLINE;

    /**
     * The mode of a job that {@link JobRules} accepts. The original's {@code use_offline_demonstrations} with a
     * {@code demonstration_path} makes hybrid of online.
     */
    public static TrainingMode of(TrainingJob job) {
        RlConfig config = job.getRlConfig();
        TrainingMode written = named(config.getTrainingMode())
                .orElseThrow(() -> new IllegalArgumentException("unknown training mode " + config.getTrainingMode()));
        boolean demonstrated = config.getUseOfflineDemonstrations() && config.getDemonstrationPath() != null;
        return written == ONLINE && demonstrated ? HYBRID : written;
    }

    /** The mode with this name, in any case. */
    public static Optional<TrainingMode> named(String word) {
        for (TrainingMode mode : values()) {
            if (mode.name().equalsIgnoreCase(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    public boolean usesDemonstrations() {
        return this != ONLINE;
    }
}
