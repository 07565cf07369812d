package dev.unitymlops.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.JobJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Jobs for tests, as JSON with the fields that a test cares for. */
public final class Jobs {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Jobs() {}

    /** The guide's Quick Start job, real instead of dry, with these top-level fields set. */
    public static TrainingJob with(String fields) {
        return of("{\"raycast\": 8, \"velocity\": 2}", "{\"type\": \"continuous\", \"size\": 2}", fields);
    }

    public static TrainingJob of(String observations, String actions, String fields) {
        try {
            ObjectNode job = (ObjectNode) JSON.readTree("""
                    {
                      "job_id": "job-1",
                      "asset_spec": {
                        "asset_id": "simple-agent-001",
                        "name": "SimpleAgent",
                        "description": "A simple agent that moves to a target position",
                        "observation_space": %s,
                        "action_space": %s
                      },
                      "rl_config": {"algorithm": "PPO"},
                      "dry_run": false
                    }
                    """.formatted(observations, actions));
            job.setAll((ObjectNode) JSON.readTree(fields));
            return JobJson.fromJson(job);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /** Text as it stands between the quotes of JSON. */
    public static String quoted(String text) {
        return JSON.valueToTree(text).toString();
    }
}
