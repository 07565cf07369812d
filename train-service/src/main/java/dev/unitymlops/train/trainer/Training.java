package dev.unitymlops.train.trainer;

import dev.unitymlops.events.Timeouts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.train.trainerconfig.TrainerConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A training to be done.
 *
 * @param behavior Unity Behavior Name that the job trains
 * @param player the player's executable
 * @param directory local folder that the trainer works in; it is empty but for the configuration
 * @param slot worker slot, from 0; trainings of one worker that run at once have different ones
 */
public record Training(TrainingJob job, String behavior, TrainerConfig config, Path player, Path directory, int slot) {

    /** Name of the configuration file, as in the original pipeline. */
    public static final String CONFIG_FILE = "mlagents_config.yaml";

    /** Where the trainer finds its configuration. */
    public Path configFile() {
        return directory.resolve(CONFIG_FILE);
    }

    /** How long the trainer may run. */
    public Duration timeout() {
        Timeouts timeouts = job.getTimeouts();
        return Duration.ofSeconds((timeouts == null ? Timeouts.newBuilder().build() : timeouts).getTrainingSeconds());
    }

    /** Trainer steps after which the job's behaviour is done. */
    public long maxSteps() {
        return config.maxSteps().getOrDefault(behavior, job.getRlConfig().getMaxSteps());
    }
}
