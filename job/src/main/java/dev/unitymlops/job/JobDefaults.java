package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says where a job file is silent, as in the original pipeline: {@code UNITY_PROJECT_PATH},
 * {@code VERTEX_PROJECT}, {@code VERTEX_REGION}, {@code TRAINING_WEBHOOK_URL}, and {@code VERTEX_ENABLE}: {@code true}
 * makes Vertex AI the registration target, {@code false} the file registry (and {@code VERTEX_PROJECT} is not taken).
 */
public record JobDefaults(Map<String, String> environment) {
    private static final String ENABLE = "VERTEX_ENABLE";

    private static final Map<String, String> FIELD_BY_VARIABLE = Map.of(
            "UNITY_PROJECT_PATH", "unity_project_path",
            "VERTEX_PROJECT", "vertex_project",
            "VERTEX_REGION", "vertex_region",
            "TRAINING_WEBHOOK_URL", "webhook_url");

    public JobDefaults {
        environment = Map.copyOf(environment);
    }

    /** Only the defaults that the schema states. */
    public static JobDefaults none() {
        return new JobDefaults(Map.of());
    }

    void fill(ObjectNode job, Findings findings) {
        String enable = value(ENABLE).toLowerCase(Locale.ROOT);
        if (!List.of("", "true", "false").contains(enable)) {
            findings.problem(
                    ENABLE, value(ENABLE), "is neither true nor false", "Set " + ENABLE + " to true or false.");
        }
        FIELD_BY_VARIABLE.forEach((variable, field) -> {
            boolean wanted = !(variable.equals("VERTEX_PROJECT") && enable.equals("false"));
            if (wanted && absent(job.get(field)) && !value(variable).isEmpty()) {
                job.put(field, value(variable));
            }
        });
        if (absent(job.get("registration")) && !enable.isEmpty()) {
            job.putObject("registration").put("target", enable.equals("true") ? "vertex" : "file");
        }
    }

    private String value(String variable) {
        return environment.getOrDefault(variable, "").strip();
    }

    private static boolean absent(@Nullable JsonNode node) {
        return node == null || node.isNull();
    }
}
