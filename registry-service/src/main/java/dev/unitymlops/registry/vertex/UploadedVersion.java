package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.Model;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A version as Vertex AI is told of it: its labels are searched by, its description is read by people. */
final class UploadedVersion {

    /** Label that no two registrations share: a digest of the job and the file. The behaviour is the model's own. */
    static final String KEY = "unity_mlops_key";

    /** Label of versions that missed a gate. */
    static final String REJECTED = "rejected";

    /** Label of versions that a person has approved; who and when stands beside the model file. */
    static final String APPROVED = "approved";

    private static final int LONGEST_DISPLAY_NAME = 128;

    private static final String SAYS = "\nA behaviour that ML-Agents trained, registered by unity-mlops.";

    private UploadedVersion() {}

    /** @param folder the {@code gs://} folder of its files, without a slash at the end */
    static Model of(ModelVersion version, String folder, Serving serving) {
        Model.Builder model = Model.newBuilder()
                .setDisplayName(Legal.cut(version.displayName(), LONGEST_DISPLAY_NAME))
                .setDescription(version.parent().name() + SAYS)
                .setVersionDescription(VersionDescription.write(version))
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
        labels.put(KEY, version.key());
        put(labels, REJECTED, version.rejected() ? "true" : null);
        put(labels, "job", lineage.jobId());
        put(labels, "asset", version.parent().assetId());
        put(labels, "behavior", version.parent().behavior());
        put(labels, "algorithm", lineage.training().algorithm());
        put(labels, "schedule", lineage.scheduleId());
        put(labels, "config", lineage.contentHash());
        put(labels, "commit", lineage.build().project().gitCommit());
        put(labels, "unity", lineage.build().unityVersion());
        put(labels, "mlagents", lineage.training().versions().get("mlagents"));
        return labels;
    }

    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            labels.put(name, Legal.label(value));
        }
    }

    /** What a model's description says that its versions belong to; empty when a person has written something else. */
    static Optional<ParentModel> parent(Model model) {
        String name = model.getDescription().lines().findFirst().orElse("");
        return model.getName().endsWith("/" + Legal.modelId(name))
                ? Optional.of(ParentModel.named(name))
                : Optional.empty();
    }
}
