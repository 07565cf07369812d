package dev.unitymlops.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.TrainingJob;

/** Small jobs to check, made of a minimal one and what a test changes in it. */
final class Jobs {
    private static final String MINIMAL = """
            {"job_id": "a-job",
             "asset_spec": {"asset_id": "asset-1", "name": "MyAgent",
                            "observation_space": {"position": 2, "velocity": 2},
                            "action_space": {"type": "continuous", "size": 2}},
             "rl_config": {}}
            """;

    private Jobs() {}

    static TrainingJob minimal() {
        return JobJson.fromJson(json(MINIMAL));
    }

    /** The minimal job with {@code a.b.c} set to the JSON value, for each pair. */
    static TrainingJob with(String... pathsAndValues) {
        ObjectNode tree = (ObjectNode) json(MINIMAL);
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            String[] path = pathsAndValues[i].split("\\.", -1);
            ObjectNode parent = tree;
            for (int part = 0; part < path.length - 1; part++) {
                parent = parent.withObjectProperty(path[part]);
            }
            parent.set(path[path.length - 1], json(pathsAndValues[i + 1]));
        }
        return JobJson.fromJson(tree);
    }

    static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
