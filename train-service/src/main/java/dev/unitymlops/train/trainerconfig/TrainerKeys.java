package dev.unitymlops.train.trainerconfig;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys of those blocks of a behaviour's settings where ML-Agents ignores what it does not know
 * ({@code TrainerSettings}, {@code NetworkSettings}, {@code SelfPlaySettings} and {@code BehavioralCloningSettings} of
 * {@code settings.py}; the behaviour's own keys it checks itself, but only once it runs).
 */
final class TrainerKeys {

    private static final Map<String, Set<String>> KEYS = Map.of(
            "behavior",
                    Set.of(
                            "trainer_type",
                            "hyperparameters",
                            "checkpoint_interval",
                            "network_settings",
                            "reward_signals",
                            "init_path",
                            "keep_checkpoints",
                            "even_checkpoints",
                            "max_steps",
                            "time_horizon",
                            "summary_freq",
                            "threaded",
                            "self_play",
                            "behavioral_cloning"),
            "network_settings",
                    Set.of(
                            "normalize",
                            "hidden_units",
                            "num_layers",
                            "vis_encode_type",
                            "goal_conditioning_type",
                            "deterministic",
                            "memory"),
            "memory", Set.of("sequence_length", "memory_size"),
            "self_play",
                    Set.of(
                            "save_steps",
                            "team_change",
                            "swap_steps",
                            "window",
                            "play_against_latest_model_ratio",
                            "initial_elo"),
            "behavioral_cloning",
                    Set.of("demo_path", "steps", "strength", "samples_per_update", "num_epoch", "batch_size"));

    private TrainerKeys() {}

    /** Adds a problem for each key of the block that ML-Agents does not have there. */
    static void unknown(String block, String field, Map<?, ?> content, List<String> problems) {
        Set<String> known = KEYS.getOrDefault(block, Set.of());
        for (Object key : content.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(field + "." + key + " is not a setting of ML-Agents; it has " + sorted(known));
            }
        }
    }

    static String sorted(Set<String> keys) {
        return String.join(", ", new TreeSet<>(keys));
    }
}
