package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.Model;
import com.google.protobuf.Timestamp;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.registry.registration.VersionFile;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model registry in Vertex AI, for one project and region. Thread-safe. */
final class VertexRegistry implements ModelRegistry {

    private final VertexProject project;
    private final StagingBucket bucket;
    private final BucketFolder folder;
    private final Serving serving;
    private final Holder holder;
    private final Attestations attestations;

    /**
     * A registry.
     *
     * @param folder where files go
     * @param holder for whom models are registered
     * @param attestations that are put beside each model
     */
    VertexRegistry(
            VertexProject project,
            StagingBucket bucket,
            BucketFolder folder,
            Serving serving,
            Holder holder,
            Attestations attestations) {
        this.project = project;
        this.bucket = bucket;
        this.folder = folder;
        this.serving = serving;
        this.holder = holder;
        this.attestations = attestations;
    }

    @Override
    public String word() {
        return "vertex";
    }

    @Override
    public RegisteredModel register(ModelVersion version) throws StageFailure, IOException, InterruptedException {
        VertexVersions versions = project.versions(version.parent());
        VersionFolder files = VersionFolder.of(bucket, folder, version);
        return new RegisterOnce(version, versions, files, serving, project.calls(), holder, attestations).registered();
    }

    @Override
    public List<ParentModel> parents() throws StageFailure, IOException, InterruptedException {
        List<ParentModel> parents = new ArrayList<>();
        for (Model model : project.models("labels." + UploadedVersion.KEY + ":*")) {
            parent(model).ifPresent(parents::add);
        }
        parents.sort(Comparator.comparing(ParentModel::name));
        return parents;
    }

    /** By the model's description, as its id is a digest of the name; by a version's file when a person has edited that. */
    private Optional<ParentModel> parent(Model model) throws StageFailure, IOException, InterruptedException {
        Optional<ParentModel> described = UploadedVersion.parent(model);
        return described.isPresent()
                ? described
                : VersionFolder.of(bucket, model).versionFile().map(file -> ParentModel.named(file.name()));
    }

    @Override
    public Optional<ModelHistory> history(ParentModel parent) throws StageFailure, InterruptedException {
        VertexVersions versions = project.versions(parent);
        Map<Integer, Model> all = versions.all(0);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelHistory(
                        parent,
                        versions.aliases().all(all.values()),
                        all.values().stream().map(VertexRegistry::line).toList()));
    }

    private static ModelHistory.Line line(Model version) {
        VersionDescription described = VersionDescription.read(version)
                .orElseGet(() -> new VersionDescription(version.getDisplayName(), null, null));
        return new ModelHistory.Line(
                VertexVersions.number(version),
                described.displayName(),
                described.jobId(),
                version.hasVersionCreateTime() ? iso(version.getVersionCreateTime()) : null,
                version.containsLabels(UploadedVersion.REJECTED),
                described.meanReward());
    }

    private static String iso(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }

    @Override
    public Optional<RegisteredVersion> version(ParentModel parent, int number)
            throws StageFailure, IOException, InterruptedException {
        Optional<Model> found = model(parent, number);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Model model = found.get();
        String resource = project.versions(parent).resource(number);
        VersionFolder files = VersionFolder.of(bucket, model);
        VersionFile file = files.versionFile()
                .orElseThrow(() -> StageFailure.user(resource + " is not one that unity-mlops registered: there is no "
                        + VersionFile.NAME + " in " + model.getArtifactUri()));
        return Optional.of(new RegisteredVersion(
                parent,
                number,
                resource,
                model.getArtifactUri() + "/" + file.file(),
                model.getVersionAliasesList().stream().sorted().toList(),
                files.approval(),
                file));
    }

    @Override
    public boolean move(ParentModel parent, List<AliasMove> moves) throws StageFailure, InterruptedException {
        return project.versions(parent).aliases().move(moves);
    }

    @Override
    public void approve(ParentModel parent, int number, Approval approval)
            throws StageFailure, IOException, InterruptedException {
        Model version = model(parent, number)
                .orElseThrow(() -> StageFailure.user("there is no version " + number + " of " + parent.name()));
        VersionFolder.of(bucket, version).approve(approval);
        project.versions(parent).label(version, UploadedVersion.APPROVED, "true");
    }

    @Override
    public void fetch(RegisteredVersion version, Path to) throws StageFailure, IOException, InterruptedException {
        bucket.fetch(version.uri(), version.file().sha256(), to);
    }

    private Optional<Model> model(ParentModel parent, int number) throws StageFailure, InterruptedException {
        VertexVersions versions = project.versions(parent);
        return number < 1 ? Optional.empty() : versions.get(versions.resource(number));
    }
}
