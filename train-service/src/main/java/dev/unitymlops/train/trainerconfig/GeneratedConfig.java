package dev.unitymlops.train.trainerconfig;

import dev.unitymlops.events.ImitationSpec;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.Algorithm;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.job.TrainingMode;
import dev.unitymlops.stage.StageFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration that a job's fields ask for: the original pipeline's keys in its order, then what it left to
 * ML-Agents' defaults, explicitly. There is one behaviour and no {@code default_settings}.
 */
final class GeneratedConfig {

    private static final double GAMMA = 0.99;

    private final TrainingJob job;
    private final RlConfig config;
    private final TrainingMode mode;

    private GeneratedConfig(TrainingJob job) {
        this.job = job;
        this.config = job.getRlConfig();
        this.mode = TrainingMode.of(job);
    }

    static TrainerConfig of(TrainingJob job, String behavior) throws StageFailure {
        Map<String, Object> block = new GeneratedConfig(job).behavior();
        Map<String, Object> file = Map.of("behaviors", Map.of(behavior, block));
        return new TrainerConfig(
                TrainerYaml.write(file), Map.of(behavior, job.getRlConfig().getMaxSteps()));
    }

    private Map<String, Object> behavior() throws StageFailure {
        Map<String, Object> block = new LinkedHashMap<>();
        Algorithm algorithm = Algorithm.of(job);
        block.put("trainer_type", algorithm.trainerType());
        block.put("hyperparameters", Hyperparameters.of(algorithm, config));
        block.put("network_settings", network());
        block.put("max_steps", config.getMaxSteps());
        block.put("time_horizon", config.getTimeHorizon());
        block.put("summary_freq", config.getSummaryFreq());
        block.put("reward_signals", rewardSignals());
        block.put("checkpoint_interval", config.getCheckpointInterval());
        block.put("keep_checkpoints", config.getKeepCheckpoints());
        block.put("threaded", false);
        if (mode.usesDemonstrations()) {
            block.put("behavioral_cloning", behavioralCloning());
        }
        return block;
    }

    private Map<String, Object> network() {
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("normalize", config.getNormalize());
        network.put("hidden_units", config.getHiddenUnits());
        network.put("num_layers", config.getNumLayers());
        Spaces spaces = Spaces.of(job);
        if (spaces.sensors().stream().anyMatch(sensor -> sensor.shape().size() == 3)) {
            network.put("vis_encode_type", spaces.visualEncoder());
        }
        return network;
    }

    private Map<String, Object> rewardSignals() {
        Map<String, Object> signals = new LinkedHashMap<>();
        signals.put("extrinsic", signal(mode == TrainingMode.OFFLINE ? 0.0 : 1.0));
        if (mode == TrainingMode.OFFLINE
                || (mode == TrainingMode.HYBRID && imitation().getGail())) {
            Map<String, Object> gail = signal(imitation().getGailStrength());
            gail.put("demo_path", demonstrations());
            signals.put("gail", gail);
        }
        return signals;
    }

    private static Map<String, Object> signal(double strength) {
        Map<String, Object> signal = new LinkedHashMap<>();
        signal.put("gamma", GAMMA);
        signal.put("strength", strength);
        return signal;
    }

    private Map<String, Object> behavioralCloning() {
        Long steps = imitation().getBehavioralCloningSteps();
        Map<String, Object> cloning = new LinkedHashMap<>();
        cloning.put("demo_path", demonstrations());
        cloning.put("strength", imitation().getBehavioralCloningStrength());
        cloning.put("steps", steps == null ? Math.clamp(config.getMaxSteps() / 10, 1_000, 100_000) : steps);
        return cloning;
    }

    private ImitationSpec imitation() {
        ImitationSpec imitation = config.getImitation();
        return imitation == null ? ImitationSpec.newBuilder().build() : imitation;
    }

    /** Absolute, as {@code mlagents-learn} runs in a folder of its own. */
    private String demonstrations() {
        return Path.of(config.getDemonstrationPath())
                .toAbsolutePath()
                .normalize()
                .toString();
    }
}
