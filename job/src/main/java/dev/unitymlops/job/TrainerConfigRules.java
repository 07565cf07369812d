package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import java.util.Map;

/** A user's own trainer configuration, read as PyYAML reads it and checked beyond what the trainer checks. */
final class TrainerConfigRules {
    private static final String FIELD = "rl_config.trainer_config";

    private static final String PIPELINE = "is decided by the pipeline";

    private final TrainingJob job;
    private final ObjectNode config;
    private final Findings findings;

    private TrainerConfigRules(TrainingJob job, ObjectNode config, Findings findings) {
        this.job = job;
        this.config = config;
        this.findings = findings;
    }

    static void check(TrainingJob job, Findings findings) {
        String text = job.getRlConfig().getTrainerConfig();
        if (text == null) {
            return;
        }
        JsonNode tree = YamlTree.read(text, Scalars.PY_YAML, FIELD, findings);
        if (tree instanceof ObjectNode config) {
            new TrainerConfigRules(job, config, findings).check();
        } else if (tree != null) {
            findings.problem(FIELD, text, "is not a trainer configuration", "Give a mapping with behaviors:.");
        }
    }

    private void check() {
        TrainerKeys.RUN_OPTIONS.check(FIELD, config, findings);
        behaviours();
        pipelineOnly();
        EnvironmentParameters.check(FIELD + ".environment_parameters", config.path("environment_parameters"), findings);
    }

    private void behaviours() {
        JsonNode defaults = config.path("default_settings");
        if (defaults.isObject()) {
            new BehaviourRules(FIELD + ".default_settings", defaults, MissingNode.getInstance(), findings).check();
        }
        JsonNode behaviours = config.path("behaviors");
        String name = BehaviorName.of(job);
        if (!behaviours.isObject() && !(behaviours.isMissingNode() && defaults.isObject())) {
            findings.problem(
                    FIELD + ".behaviors", behaviours, "is not a mapping", "Give behaviors: " + name + ": {...}.");
            return;
        }
        if (behaviours.path(name).isMissingNode() && !defaults.isObject()) {
            findings.problem(
                    FIELD + ".behaviors",
                    behaviours.properties().stream().map(Map.Entry::getKey).toList(),
                    "has no settings for the behaviour " + name,
                    "Name it " + name + ", set rl_config.behavior_name, or give default_settings.");
        }
        behaviours.properties().forEach(entry -> {
            String path = FIELD + ".behaviors." + entry.getKey();
            new BehaviourRules(path, entry.getValue(), defaults, findings).check();
        });
        if (behaviours.path(name).isObject()) {
            agreesWithJob(behaviours.path(name), name);
        }
    }

    private void agreesWithJob(JsonNode behaviour, String name) {
        RlConfig rl = job.getRlConfig();
        String type = behaviour.path("trainer_type").asText(rl.getAlgorithm());
        if (Algorithm.named(type).isPresent() && !type.equalsIgnoreCase(rl.getAlgorithm())) {
            findings.problem(
                    FIELD + ".behaviors." + name + ".trainer_type",
                    type,
                    "is not rl_config.algorithm, " + rl.getAlgorithm(),
                    "Make the two equal.");
        }
        JsonNode steps = behaviour.path("max_steps");
        if (steps.isNumber() && steps.longValue() != rl.getMaxSteps()) {
            findings.warning(FIELD + " trains for " + steps + " steps; rl_config.max_steps, " + rl.getMaxSteps()
                    + ", has no effect");
        }
    }

    /** What the command line of each run says, or what the pipeline reads from the console. */
    private void pipelineOnly() {
        config.path("checkpoint_settings")
                .properties()
                .forEach(entry -> refuse(
                        "checkpoint_settings." + entry.getKey(),
                        entry.getValue(),
                        entry.getKey().equals("initialize_from")
                                ? "Give rl_config.initialize_from_run_id."
                                : "Leave checkpoint_settings out."));
        JsonNode env = config.path("env_settings");
        for (String key : new String[] {"env_path", "base_port", "env_args"}) {
            if (env.hasNonNull(key)) {
                refuse("env_settings." + key, env.get(key), "Leave it out.");
            }
        }
        if (config.path("debug").asBoolean(false)) {
            refuse("debug", config.get("debug"), "Leave it out: it changes the console lines that tell the progress.");
        }
        RlConfig rl = job.getRlConfig();
        sameAsJob("env_settings.num_envs", env.path("num_envs"), rl.getNumEnvs());
        sameAsJob("env_settings.seed", env.path("seed"), rl.getSeed());
        sameAsJob("engine_settings.time_scale", config.path("engine_settings").path("time_scale"), rl.getTimeScale());
    }

    private void sameAsJob(String key, JsonNode node, double ofJob) {
        if (node.isNumber() && node.doubleValue() != ofJob) {
            String field = key.substring(key.indexOf('.') + 1);
            refuse(key, node, "Leave it out and set rl_config." + field + ".");
        }
    }

    private void refuse(String key, JsonNode value, String remedy) {
        findings.problem(FIELD + "." + key, value, PIPELINE, remedy);
    }
}
