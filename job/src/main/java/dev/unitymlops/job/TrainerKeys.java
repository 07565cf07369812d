package dev.unitymlops.job;

import dev.unitymlops.job.Kind.Anything;
import dev.unitymlops.job.Kind.Block;
import dev.unitymlops.job.Kind.Choice;
import dev.unitymlops.job.Kind.Flag;
import dev.unitymlops.job.Kind.OrNull;
import dev.unitymlops.job.Kind.Real;
import dev.unitymlops.job.Kind.Text;
import dev.unitymlops.job.Kind.Whole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every key of an ML-Agents trainer configuration (release 22, {@code mlagents/trainers/settings.py}). The trainer itself
 * ignores unknown keys of several blocks and takes negative sizes; here they are refused.
 */
final class TrainerKeys {
    private static final Kind COUNT = new Whole(1);
    private static final Kind COUNT_OR_0 = new Whole(0);
    private static final Kind FRACTION = new Real(0, false, 1);
    private static final Kind POSITIVE = new Real(0, true, Double.MAX_VALUE);
    private static final Kind FROM_0 = new Real(0, false, Double.MAX_VALUE);
    private static final Kind ANY_REAL = new Real(-Double.MAX_VALUE, false, Double.MAX_VALUE);
    private static final Kind SCHEDULE = new Choice(List.of("constant", "linear"));
    private static final Kind FLAG = new Flag();

    private static final Map<String, Kind> POCA = Map.of(
            "batch_size", COUNT,
            "buffer_size", COUNT,
            "learning_rate", POSITIVE,
            "learning_rate_schedule", SCHEDULE,
            "num_epoch", COUNT,
            "beta", FROM_0,
            "epsilon", POSITIVE,
            "lambd", FRACTION,
            "beta_schedule", SCHEDULE,
            "epsilon_schedule", SCHEDULE);

    private static final Map<String, Kind> SAC = Map.ofEntries(
            Map.entry("batch_size", COUNT),
            Map.entry("buffer_size", COUNT),
            Map.entry("learning_rate", POSITIVE),
            Map.entry("learning_rate_schedule", SCHEDULE),
            Map.entry("buffer_init_steps", COUNT_OR_0),
            Map.entry("tau", new Real(0, true, 1)),
            Map.entry("steps_per_update", POSITIVE),
            Map.entry("save_replay_buffer", FLAG),
            Map.entry("init_entcoef", POSITIVE),
            Map.entry("reward_signal_steps_per_update", POSITIVE));

    private static final Kind MEMORY =
            new OrNull(new Block(Map.of("sequence_length", COUNT, "memory_size", new Whole(2))));

    static final Kind NETWORK = new Block(Map.of(
            "normalize", FLAG,
            "hidden_units", COUNT,
            "num_layers", COUNT,
            "vis_encode_type", new Choice(List.of("fully_connected", "match3", "simple", "nature_cnn", "resnet")),
            "goal_conditioning_type", new Choice(List.of("hyper", "none")),
            "deterministic", FLAG,
            "memory", MEMORY));

    private static final Kind REWARD_SIGNALS = new Block(Map.of(
            "extrinsic", signal(Map.of()),
            "gail",
                    signal(Map.of(
                            "demo_path", new Text(),
                            "learning_rate", POSITIVE,
                            "use_actions", FLAG,
                            "use_vail", FLAG,
                            "encoding_size", new OrNull(COUNT))),
            "curiosity", signal(Map.of("learning_rate", POSITIVE, "encoding_size", new OrNull(COUNT))),
            "rnd", signal(Map.of("learning_rate", POSITIVE, "encoding_size", new OrNull(COUNT)))));

    private static final Kind CLONING = new OrNull(new Block(Map.of(
            "demo_path",
            new Text(),
            "steps",
            COUNT_OR_0,
            "strength",
            FROM_0,
            "samples_per_update",
            COUNT_OR_0,
            "num_epoch",
            new OrNull(COUNT),
            "batch_size",
            new OrNull(COUNT))));

    private static final Kind SELF_PLAY = new OrNull(new Block(Map.of(
            "save_steps", COUNT,
            "team_change", COUNT,
            "swap_steps", COUNT,
            "window", COUNT,
            "play_against_latest_model_ratio", FRACTION,
            "initial_elo", ANY_REAL)));

    private static final Kind ENV_SETTINGS = new Block(Map.ofEntries(
            Map.entry("env_path", new OrNull(new Text())),
            Map.entry("env_args", new Anything()),
            Map.entry("base_port", COUNT),
            Map.entry("num_envs", COUNT),
            Map.entry("num_areas", COUNT),
            Map.entry("timeout_wait", COUNT),
            Map.entry("seed", new Whole(-1)),
            Map.entry("max_lifetime_restarts", new Whole(-1)),
            Map.entry("restarts_rate_limit_n", new Whole(-1)),
            Map.entry("restarts_rate_limit_period_s", COUNT)));

    private static final Kind ENGINE_SETTINGS = new Block(Map.of(
            "width", COUNT,
            "height", COUNT,
            "quality_level", COUNT_OR_0,
            "time_scale", new Real(1, false, 100),
            "target_frame_rate", new Whole(-1),
            "capture_frame_rate", COUNT_OR_0,
            "no_graphics", FLAG,
            "no_graphics_monitor", FLAG));

    /** Top level, without what behaviours hold. */
    static final Kind RUN_OPTIONS = new Block(Map.of(
            "default_settings", new Anything(),
            "behaviors", new Anything(),
            "environment_parameters", new Anything(),
            "checkpoint_settings", new Anything(),
            "env_settings", ENV_SETTINGS,
            "engine_settings", ENGINE_SETTINGS,
            "torch_settings", new Block(Map.of("device", new OrNull(new Text()))),
            "debug", FLAG));

    private TrainerKeys() {}

    /** Keys of {@code hyperparameters}: each algorithm takes only its own. */
    static Map<String, Kind> hyperparameters(Algorithm algorithm) {
        return switch (algorithm) {
            case PPO -> with(POCA, Map.of("shared_critic", FLAG));
            case POCA -> POCA;
            case SAC -> SAC;
        };
    }

    /** A behaviour's settings, or {@code default_settings}. */
    static Kind behaviour(Algorithm algorithm) {
        return new Block(Map.ofEntries(
                Map.entry("trainer_type", new Choice(List.of("ppo", "sac", "poca"))),
                Map.entry("hyperparameters", new Block(hyperparameters(algorithm))),
                Map.entry("checkpoint_interval", COUNT),
                Map.entry("network_settings", NETWORK),
                Map.entry("reward_signals", REWARD_SIGNALS),
                Map.entry("init_path", new OrNull(new Text())),
                Map.entry("keep_checkpoints", COUNT),
                Map.entry("even_checkpoints", FLAG),
                Map.entry("max_steps", new Real(1, false, 1e12)),
                Map.entry("time_horizon", COUNT),
                Map.entry("summary_freq", COUNT),
                Map.entry("threaded", FLAG),
                Map.entry("self_play", SELF_PLAY),
                Map.entry("behavioral_cloning", CLONING)));
    }

    private static Kind signal(Map<String, Kind> own) {
        return new Block(
                with(Map.of("gamma", new Real(0, true, 1), "strength", FROM_0, "network_settings", NETWORK), own));
    }

    private static Map<String, Kind> with(Map<String, Kind> some, Map<String, Kind> more) {
        Map<String, Kind> all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
