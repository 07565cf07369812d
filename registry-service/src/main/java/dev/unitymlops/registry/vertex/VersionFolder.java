package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.Model;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.RegistryJson;
import dev.unitymlops.registry.registration.VersionFile;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of one version in the bucket. Thread-safe. */
final class VersionFolder {

    private static final String APPROVAL = "approval.json";

    private final StagingBucket bucket;
    private final BucketFolder folder;

    private VersionFolder(StagingBucket bucket, BucketFolder folder) {
        this.bucket = bucket;
        this.folder = folder;
    }

    /**
     * Where a version's files are to go.
     *
     * @param root of all artifacts
     */
    static VersionFolder of(StagingBucket bucket, BucketFolder root, ModelVersion version) {
        String below = "%s/run-%d/registry/%s/%s"
                .formatted(
                        version.jobId(),
                        version.lineage().run(),
                        Legal.modelId(version.parent().name()),
                        Legal.cut(version.sha256(), 16));
        return new VersionFolder(bucket, root.resolve(below));
    }

    /** Where a registered version's files are. */
    static VersionFolder of(StagingBucket bucket, Model version) {
        return new VersionFolder(bucket, BucketFolder.parse(version.getArtifactUri()));
    }

    static String fileName(ModelVersion version) {
        return Legal.fileName(version.parent().behavior()) + ".onnx";
    }

    /** Without a slash at the end. */
    String uri() {
        String uri = folder.uri();
        return uri.substring(0, uri.length() - 1);
    }

    /** Uploads the model and what is written beside it; a later attempt of the same run leaves that as it is. */
    void put(ModelVersion version, Serving.Layout layout, Attestations attestations)
            throws StageFailure, IOException, InterruptedException {
        String name = fileName(version);
        bucket.put(version.file(), folder, name);
        if (layout == Serving.Layout.TRITON) {
            TritonRepository.put(bucket, folder, version);
        }
        for (var attestation : attestations.of(version, name).entrySet()) {
            bucket.keep(attestation.getValue(), folder, attestation.getKey());
        }
        bucket.keep(RegistryJson.bytes(VersionFile.of(version, name, null, null)), folder, VersionFile.NAME);
    }

    /** Empty for a version that somebody else made. */
    Optional<VersionFile> versionFile() throws StageFailure, IOException, InterruptedException {
        return Optional.ofNullable(read(VersionFile.NAME, VersionFile.class));
    }

    /** Null while nobody has approved the version. */
    @Nullable
    Approval approval() throws StageFailure, IOException, InterruptedException {
        return read(APPROVAL, Approval.class);
    }

    /** The first approval stays. */
    void approve(Approval approval) throws StageFailure, IOException, InterruptedException {
        bucket.keep(RegistryJson.bytes(approval), folder, APPROVAL);
    }

    private <T> @Nullable T read(String name, Class<T> type) throws StageFailure, IOException, InterruptedException {
        Optional<byte[]> content = bucket.read(folder, name);
        return content.isEmpty() ? null : RegistryJson.read(content.get(), folder.uri() + name, type);
    }
}
