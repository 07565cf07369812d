package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** Names that variants of the original pipeline used, turned into today's before a job file is read. */
final class OlderNames {
    private static final Map<String, String> JOB = Map.of("project_path", "unity_project_path");
    private static final Map<String, String> RL_CONFIG = Map.of(
            "offline_dataset_path", "demonstration_path",
            "demo_path", "demonstration_path",
            "extra_cli_args", "extra_args");
    private static final Map<String, String> ASSET_SPEC = Map.of(
            "training_hints", "hints",
            "generation_context", "hints",
            "generation_hints", "hints",
            "extra_context", "hints",
            "metadata", "hints",
            "reward_signals", "reward_spec");

    /** What the original wrote into every file, also into those of other algorithms. */
    private static final Map<String, Double> PPO_DEFAULTS =
            Map.of("beta", 5e-3, "epsilon", 0.2, "lambd", 0.95, "num_epoch", 3.0);

    private final ObjectNode job;
    private final Findings findings;

    private OlderNames(ObjectNode job, Findings findings) {
        this.job = job;
        this.findings = findings;
    }

    static void rewrite(ObjectNode job, Findings findings) {
        OlderNames names = new OlderNames(job, findings);
        names.rename("", job, JOB);
        names.createdAt();
        names.registration();
        if (job.get("rl_config") instanceof ObjectNode rlConfig) {
            names.rename("rl_config.", rlConfig, RL_CONFIG);
            names.demonstrationPaths(rlConfig);
            names.ppoDefaultsOfSac(rlConfig);
        }
        if (job.get("asset_spec") instanceof ObjectNode assetSpec) {
            names.rename("asset_spec.", assetSpec, ASSET_SPEC);
        }
    }

    /** Names that are read beside those of the schema, for suggestions. */
    static Set<String> of(String record) {
        return switch (record) {
            case "RlConfig" -> Set.of("offline_dataset_path", "demonstration_paths");
            case "TrainingJob" -> Set.of("register_to_vertex", "created_at");
            default -> Set.of();
        };
    }

    private void rename(String prefix, ObjectNode record, Map<String, String> names) {
        names.forEach((older, today) -> {
            JsonNode value = record.remove(older);
            if (value != null) {
                put(prefix, record, older, today, value);
            }
        });
    }

    private void put(String prefix, ObjectNode record, String older, String today, JsonNode value) {
        if (record.hasNonNull(today)) {
            findings.problem(
                    prefix + older, value, "says the same as " + prefix + today, "Keep " + prefix + today + " only.");
        } else {
            record.set(today, value);
        }
    }

    /** When the job was made says nothing about what to train; it is kept as metadata and left out of the content hash. */
    private void createdAt() {
        JsonNode createdAt = job.remove("created_at");
        if (createdAt != null && createdAt.isTextual()) {
            if (job.get("metadata") instanceof ObjectNode metadata) {
                metadata.set(ContentHash.CREATED_AT, createdAt);
            } else if (!job.hasNonNull("metadata")) {
                job.putObject("metadata").set(ContentHash.CREATED_AT, createdAt);
            }
        }
    }

    private void registration() {
        JsonNode toVertex = job.remove("register_to_vertex");
        if (toVertex != null && toVertex.isBoolean()) {
            ObjectNode target = Json.object().put("target", toVertex.booleanValue() ? "auto" : "none");
            put("", job, "register_to_vertex", "registration", target);
        } else if (toVertex != null) {
            findings.problem("register_to_vertex", toVertex, "is not a boolean", "Write true or false.");
        }
        JsonNode registration = job.get("registration");
        if (registration != null && registration.isTextual()) {
            job.putObject("registration").set("target", registration);
        }
    }

    private void demonstrationPaths(ObjectNode rlConfig) {
        JsonNode paths = rlConfig.remove("demonstration_paths");
        if (paths == null || paths.isNull()) {
            return;
        }
        if (paths.isArray() && paths.size() <= 1) {
            paths.forEach(path -> put("rl_config.", rlConfig, "demonstration_paths", "demonstration_path", path));
        } else {
            findings.problem(
                    "rl_config.demonstration_paths",
                    paths,
                    "is not a list of one path",
                    "Put the .demo files into one folder and give it as demonstration_path.");
        }
    }

    /** All four at the original's defaults are no wish of anyone; one that differs is, and is refused. */
    private void ppoDefaultsOfSac(ObjectNode rlConfig) {
        boolean sac = rlConfig.path("algorithm").asText().equalsIgnoreCase(Algorithm.SAC.name());
        boolean written = PPO_DEFAULTS.entrySet().stream()
                .allMatch(key -> rlConfig.path(key.getKey()).isNumber()
                        && rlConfig.path(key.getKey()).doubleValue() == key.getValue());
        if (sac && written) {
            rlConfig.remove(PPO_DEFAULTS.keySet());
            findings.warning("rl_config.beta, epsilon, lambd and num_epoch are left out: SAC takes none of them");
        }
    }
}
