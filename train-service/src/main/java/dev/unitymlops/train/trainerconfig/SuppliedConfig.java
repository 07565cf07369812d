package dev.unitymlops.train.trainerconfig;

import dev.unitymlops.stage.StageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The user's own configuration, used as it stands. Checked is what ML-Agents would find only after the player has
 * started, or not at all: it silently ignores unknown keys in some blocks.
 */
final class SuppliedConfig {

    private static final String FIELD = "rl_config.trainer_config";
    private static final long DEFAULT_MAX_STEPS = 500_000;

    /** Blocks of {@code RunOptions} ({@code settings.py}). */
    private static final Set<String> TOP = Set.of(
            "default_settings",
            "behaviors",
            "env_settings",
            "engine_settings",
            "environment_parameters",
            "torch_settings",
            "debug");

    private final List<String> problems = new ArrayList<>();

    private SuppliedConfig() {}

    /**
     * @param behavior Unity Behavior Name that the configuration must hold
     * @throws StageFailure with every problem found
     */
    static TrainerConfig check(String yaml, String behavior) throws StageFailure {
        SuppliedConfig check = new SuppliedConfig();
        Map<String, Long> maxSteps = check.file(parse(yaml), behavior);
        if (!check.problems.isEmpty()) {
            throw StageFailure.user(check.problems.toArray(String[]::new));
        }
        return new TrainerConfig(yaml, maxSteps);
    }

    private static @Nullable Object parse(String yaml) throws StageFailure {
        try {
            return new Load(LoadSettings.builder().setLabel(FIELD).build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw StageFailure.user(FIELD + " is not YAML: " + e.getMessage());
        }
    }

    private Map<String, Long> file(@Nullable Object content, String behavior) {
        Map<String, Long> maxSteps = new LinkedHashMap<>();
        Map<?, ?> file = object(FIELD, content);
        for (Object key : file.keySet()) {
            if ("checkpoint_settings".equals(key)) {
                problems.add(
                        FIELD
                                + ".checkpoint_settings must be left out; run id, folders and resuming are set by the pipeline");
            } else if (!TOP.contains(String.valueOf(key))) {
                problems.add(FIELD + "." + key + " is not a block of ML-Agents; it has " + TrainerKeys.sorted(TOP));
            }
        }
        long otherwise = steps(FIELD + ".default_settings", block(file, "default_settings"), DEFAULT_MAX_STEPS);
        block(file, "behaviors").forEach((name, settings) -> {
            String field = FIELD + ".behaviors." + name;
            Map<?, ?> block = object(field, settings);
            maxSteps.put(String.valueOf(name), steps(field, block, otherwise));
            nested(field, block);
        });
        if (!maxSteps.containsKey(behavior)) {
            problems.add(FIELD + ".behaviors has no entry '" + behavior
                    + "'; add one, or set rl_config.behavior_name to one of its entries");
        }
        return maxSteps;
    }

    private void nested(String field, Map<?, ?> behavior) {
        TrainerKeys.unknown("behavior", field, behavior, problems);
        for (String name : List.of("network_settings", "self_play", "behavioral_cloning")) {
            Map<?, ?> block = block(behavior, name);
            TrainerKeys.unknown(name, field + "." + name, block, problems);
            if (name.equals("network_settings")) {
                TrainerKeys.unknown("memory", field + "." + name + ".memory", block(block, "memory"), problems);
            }
        }
    }

    private long steps(String field, Map<?, ?> block, long otherwise) {
        Object value = block.get("max_steps");
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.longValue() > 0) {
            return number.longValue();
        }
        problems.add(field + ".max_steps is " + value + "; it must be a number above 0");
        return otherwise;
    }

    private Map<?, ?> block(Map<?, ?> in, String name) {
        Object value = in.get(name);
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private Map<?, ?> object(String field, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        problems.add(field + " must be a map of settings");
        return Map.of();
    }
}
