package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.Model;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A version as Vertex AI is told of it: its labels are searched by, its description is read by people. */
final class UploadedVersion {

    /** Label that no two registrations share: a digest of the job and the file. The behaviour is the model's own. */
    static final String KEY = "unity_mlops_key";

    /** Label of versions that missed a gate. */
    static final String REJECTED = "rejected";

    private static final int LONGEST_DISPLAY_NAME = 128;

    private UploadedVersion() {}

    /** Value of {@link #KEY}. */
    static String key(ModelVersion version) {
        return Legal.cut(Legal.sha256(version.jobId() + "\n" + version.sha256()), Legal.LONGEST);
    }

    /** @param folder the {@code gs://} folder of its files, without a slash at the end */
    static Model of(ModelVersion version, String folder, Serving serving) {
        Model.Builder model = Model.newBuilder()
                .setDisplayName(Legal.cut(version.displayName(), LONGEST_DISPLAY_NAME))
                .setDescription("ML-Agents behaviour " + version.parent().behavior() + " of asset "
                        + version.parent().assetId())
                .setVersionDescription(description(version))
                .addVersionAliases(version.rejected() ? Aliases.REJECTED : Aliases.LATEST)
                .setArtifactUri(folder)
                .putAllLabels(labels(version));
        var container = serving.spec();
        return container == null
                ? model.build()
                : model.setContainerSpec(container).build();
    }

    private static Map<String, String> labels(ModelVersion version) {
        Lineage lineage = version.lineage();
        Map<String, String> labels = new TreeMap<>();
        labels.put(KEY, key(version));
        put(labels, REJECTED, version.rejected() ? "true" : null);
        put(labels, "job", lineage.jobId());
        put(labels, "asset", version.parent().assetId());
        put(labels, "behavior", version.parent().behavior());
        put(labels, "algorithm", lineage.training().algorithm());
        put(labels, "config", lineage.contentHash());
        put(labels, "commit", lineage.build().gitCommit());
        put(labels, "unity", lineage.build().unityVersion());
        put(labels, "mlagents", lineage.training().versions().get("mlagents"));
        return labels;
    }

    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            labels.put(name, Legal.label(value));
        }
    }

    /** The values in full, which labels may have lost parts of. */
    private static String description(ModelVersion version) {
        Lineage lineage = version.lineage();
        return "job %s run %d, asset %s, behaviour %s, %s, config %s, model sha256 %s; %s"
                .formatted(
                        lineage.jobId(),
                        lineage.run(),
                        version.parent().assetId(),
                        version.parent().behavior(),
                        lineage.training().algorithm(),
                        lineage.contentHash(),
                        version.sha256(),
                        version.verdict().checked());
    }
}
