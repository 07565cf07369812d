package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One behaviour of a trainer configuration, merged with {@code default_settings} as the trainer does. */
final class BehaviourRules {
    private static final int SEQUENCE_LENGTH = 64;

    private final String path;
    private final JsonNode behaviour;
    private final JsonNode defaults;
    private final Findings findings;

    BehaviourRules(String path, JsonNode behaviour, JsonNode defaults, Findings findings) {
        this.path = path;
        this.behaviour = behaviour;
        this.defaults = defaults;
        this.findings = findings;
    }

    void check() {
        if (!behaviour.isObject()) {
            findings.problem(path, behaviour, "is not a mapping", "Give the behaviour's settings, or {}.");
            return;
        }
        typeIsGiven();
        Algorithm algorithm = algorithm();
        TrainerKeys.behaviour(algorithm).check(path, behaviour, findings);
        sizes(algorithm);
        memory(algorithm);
        demonstration("reward_signals.gail", behaviour.path("reward_signals").path("gail"));
        demonstration("behavioral_cloning", behaviour.path("behavioral_cloning"));
    }

    private Algorithm algorithm() {
        return type(behaviour).or(() -> type(defaults)).orElse(Algorithm.PPO);
    }

    private static Optional<Algorithm> type(JsonNode settings) {
        return Algorithm.named(settings.path("trainer_type").asText(""));
    }

    private void typeIsGiven() {
        boolean typed = behaviour.has("trainer_type");
        if (behaviour.has("hyperparameters") && !typed && !defaults.isObject()) {
            findings.problem(
                    path + ".trainer_type",
                    null,
                    "is missing beside hyperparameters",
                    "Give trainer_type: ppo, sac or poca.");
        }
        Optional<Algorithm> byDefault =
                type(defaults).or(() -> defaults.isObject() ? Optional.of(Algorithm.PPO) : Optional.empty());
        if (typed
                && byDefault.isPresent()
                && type(behaviour).isPresent()
                && !type(behaviour).equals(byDefault)) {
            findings.problem(
                    path + ".trainer_type",
                    behaviour.get("trainer_type"),
                    "is not the type of default_settings, whose hyperparameters the trainer would merge in and refuse",
                    "Use one trainer_type, or leave default_settings out.");
        }
    }

    private void sizes(Algorithm algorithm) {
        double batch = hyperparameter("batch_size", algorithm == Algorithm.SAC ? 128 : 1024);
        double buffer = hyperparameter("buffer_size", algorithm == Algorithm.SAC ? 50_000 : 10_240);
        if (batch > buffer) {
            findings.problem(
                    path + ".hyperparameters.batch_size",
                    (long) batch,
                    "is larger than buffer_size, " + (long) buffer,
                    "Give a buffer_size that is a multiple of batch_size.");
        }
    }

    private void memory(Algorithm algorithm) {
        JsonNode memory = behaviour.path("network_settings").path("memory");
        String at = path + ".network_settings.memory.";
        if (memory.path("memory_size").asLong(0) % 2 != 0) {
            findings.problem(
                    at + "memory_size", memory.get("memory_size"), "is odd", "Give an even number: half is state.");
        }
        double batch = hyperparameter("batch_size", algorithm == Algorithm.SAC ? 128 : 1024);
        long sequence = memory.path("sequence_length").asLong(SEQUENCE_LENGTH);
        if (memory.isObject() && sequence > batch) {
            findings.problem(
                    at + "sequence_length",
                    sequence,
                    "is larger than batch_size, " + (long) batch,
                    "Give at most batch_size.");
        }
    }

    private void demonstration(String key, JsonNode block) {
        if (block.isObject() && !block.has("demo_path")) {
            findings.problem(path + "." + key + ".demo_path", null, "is missing", "Give the .demo file or its folder.");
        }
    }

    private double hyperparameter(String key, double otherwise) {
        JsonNode own = behaviour.path("hyperparameters").path(key);
        JsonNode inherited = defaults.path("hyperparameters").path(key);
        if (own.isNumber()) {
            return own.doubleValue();
        }
        return inherited.isNumber() ? inherited.doubleValue() : otherwise;
    }
}
