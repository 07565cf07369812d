package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.registry.registration.ModelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What MLflow is told of a version, to be searched by and read by people. */
final class MlflowTags {

    private static final String PREFIX = "unity_mlops.";

    /** Tag of a registered model: the parent's name in full. */
    static final String MODEL = PREFIX + "model";

    /** Tag of a run and a version that no two registrations share. */
    static final String KEY = PREFIX + "key";

    /** Tag of a version: true when it missed a gate. */
    static final String REJECTED = PREFIX + "rejected";

    /** Tag of a version: who has approved it and when, as JSON. */
    static final String APPROVAL = PREFIX + "approval";

    static final String DISPLAY_NAME = PREFIX + "display_name";
    static final String JOB = PREFIX + "job";
    static final String MEAN_REWARD = PREFIX + "mean_reward";

    private MlflowTags() {}

    /** A version's tags. Those of which nobody knows the value are left out. */
    static Map<String, String> of(ModelVersion version) {
        var lineage = version.lineage();
        var metrics = lineage.training().metrics();
        Map<String, String> tags = new TreeMap<>();
        tags.put(KEY, version.key());
        tags.put(REJECTED, String.valueOf(version.rejected()));
        tags.put(DISPLAY_NAME, version.displayName());
        tags.put(JOB, version.jobId());
        tags.put(PREFIX + "sha256", version.sha256());
        tags.put(PREFIX + "asset", version.parent().assetId());
        tags.put(PREFIX + "behavior", version.parent().behavior());
        tags.put(PREFIX + "algorithm", lineage.training().algorithm());
        tags.put(PREFIX + "config", lineage.contentHash());
        put(tags, PREFIX + "commit", lineage.build().project().gitCommit());
        put(tags, PREFIX + "unity", lineage.build().unityVersion());
        put(tags, PREFIX + "mlagents", lineage.training().versions().get("mlagents"));
        put(tags, MEAN_REWARD, metrics == null ? null : metrics.meanReward());
        return tags;
    }

    /** The value of a tag of a model or a version; empty where it has none. */
    static Optional<String> value(JsonNode of, String key) {
        for (JsonNode tag : of.path("tags")) {
            if (tag.path("key").asText().equals(key)) {
                return Optional.of(tag.path("value").asText());
            }
        }
        return Optional.empty();
    }

    private static void put(Map<String, String> tags, String name, @Nullable Object value) {
        if (value != null) {
            tags.put(name, value.toString());
        }
    }
}
