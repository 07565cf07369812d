package dev.unitymlops.train.trainerconfig;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.StageFailure;
import java.util.Map;

/**
 * What {@code mlagents-learn} is to read.
 *
 * @param yaml the file's content
 * @param maxSteps trainer steps after which each behaviour is done, by Unity Behavior Name; never empty
 */
public record TrainerConfig(String yaml, Map<String, Long> maxSteps) {

    public TrainerConfig {
        maxSteps = Map.copyOf(maxSteps);
    }

    /**
     * The user's own configuration where the job brings one, else the one that its fields ask for.
     *
     * @param behavior Unity Behavior Name that the job trains
     * @throws StageFailure with every problem, when the job's fields do not make a configuration
     */
    public static TrainerConfig of(TrainingJob job, String behavior) throws StageFailure {
        String own = job.getRlConfig().getTrainerConfig();
        return own == null ? GeneratedConfig.of(job, behavior) : SuppliedConfig.check(own, behavior);
    }
}
