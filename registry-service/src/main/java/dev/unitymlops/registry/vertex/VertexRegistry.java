package dev.unitymlops.registry.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.aiplatform.v1.Model;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ProvenanceStatement;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model registry in Vertex AI, for one project and region.
 *
 * <p>Uploads have no idempotency key there. So each version has a label that names its job and file; the
 * label is looked for before an upload and after it, the lowest version with the label stays and later ones are deleted. Numbers only rise, so a version that was the lowest when it was published is the lowest for ever and is
 * never deleted. Thread-safe.
 */
final class VertexRegistry implements ModelRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(VertexRegistry.class);

    private final VertexProject project;
    private final StagingBucket bucket;
    private final BucketFolder folder;
    private final Serving serving;

    /** @param folder where files go */
    VertexRegistry(VertexProject project, StagingBucket bucket, BucketFolder folder, Serving serving) {
        this.project = project;
        this.bucket = bucket;
        this.folder = folder;
        this.serving = serving;
    }

    @Override
    public String word() {
        return "vertex";
    }

    @Override
    public RegisteredModel register(ModelVersion version) throws StageFailure, IOException, InterruptedException {
        serving.requireServesOnnx();
        VertexVersions versions = project.versions(version.parent());
        String key = UploadedVersion.key(version);
        Files files = new Files(version);
        for (int tried = 1; ; tried++) {
            versions.awaitChanges();
            Optional<RegisteredModel> there = lowest(versions, version, key, 0);
            if (there.isPresent()) {
                return there.get();
            }
            try {
                int uploaded = versions.upload(UploadedVersion.of(version, files.put(), serving));
                versions.awaitChanges();
                return lowest(versions, version, key, uploaded).orElseThrow(() -> vanished(versions, uploaded));
            } catch (ApiException e) {
                project.calls().pauseOrFail("register a model", e, tried);
            }
        }
    }

    /** A version that a person deleted within the same moment. */
    private static StageFailure vanished(VertexVersions versions, int uploaded) {
        return StageFailure.infrastructure(versions.resource(uploaded) + " vanished after its upload");
    }

    private Optional<RegisteredModel> lowest(VertexVersions versions, ModelVersion version, String key, int uploaded)
            throws StageFailure, InterruptedException {
        NavigableMap<Integer, Model> same = versions.labelled(UploadedVersion.KEY, key, uploaded);
        if (same.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Integer, Model> kept = same.firstEntry();
        for (int twin : same.tailMap(kept.getKey(), false).keySet()) {
            LOG.warn(
                    "A twin of a registered version is deleted jobId={} stage=registry resource={} kept={}",
                    version.jobId(),
                    versions.resource(twin),
                    kept.getKey());
            versions.delete(twin);
        }
        if (same.size() > 1) {
            // A deleted twin took the alias with it.
            versions.restoreLatest();
        }
        return Optional.of(registered(versions, version, kept.getKey(), kept.getValue()));
    }

    private RegisteredModel registered(VertexVersions versions, ModelVersion version, int number, Model model) {
        return RegisteredModel.newBuilder()
                .setBehavior(version.parent().behavior())
                .setName(versions.model())
                .setVersion(number)
                .setResourceName(versions.resource(number))
                .setUri(model.getArtifactUri() + "/" + fileName(version))
                .setSha256(version.sha256())
                .setAliases(model.getVersionAliasesList().stream()
                        .map(String::toString)
                        .toList())
                .build();
    }

    private static String fileName(ModelVersion version) {
        return Legal.fileName(version.parent().behavior()) + ".onnx";
    }

    private static String statementName(ModelVersion version) {
        return Legal.fileName(version.parent().behavior()) + ProvenanceStatement.SUFFIX;
    }

    /** The files of one version, which are uploaded at most once. */
    private final class Files {
        private final ModelVersion version;
        private final BucketFolder own;
        private boolean there;

        Files(ModelVersion version) {
            this.version = version;
            this.own = folder.resolve("%s/run-%d/registry/%s/%s"
                    .formatted(
                            version.jobId(),
                            version.lineage().run(),
                            Legal.modelId(version.parent().name()),
                            Legal.cut(version.sha256(), 16)));
        }

        /** Returns their folder's URI. */
        String put() throws StageFailure, IOException, InterruptedException {
            if (!there) {
                bucket.put(version.file(), own, fileName(version));
                bucket.put(ProvenanceStatement.of(version, fileName(version)), own, statementName(version));
                there = true;
            }
            String uri = own.uri();
            return uri.substring(0, uri.length() - 1);
        }
    }
}
