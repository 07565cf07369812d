package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.RegistryJson;
import dev.unitymlops.registry.registration.VersionFile;
import dev.unitymlops.stage.Attempt.Standing;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One registration. MLflow has no idempotency key either, so the rule is that of Vertex AI: a tag names job and file, it
 * is looked for before a version is made and after it, the lowest version with the tag stays and later ones are deleted.
 * MLflow counts deleted versions when it gives numbers, so they only rise, and a version that was the lowest when it was
 * published is the lowest for ever and is never deleted.
 */
final class RegisterOnce {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterOnce.class);

    private final ModelVersion version;
    private final MlflowModel model;
    private final MlflowAliases aliases;
    private final Runs runs;
    private final RunFolders folders;
    private final MlflowCalls calls;
    private final Holder holder;
    private final Attestations attestations;

    RegisterOnce(
            ModelVersion version,
            MlflowModel model,
            Runs runs,
            RunFolders folders,
            MlflowCalls calls,
            Holder holder,
            Attestations attestations) {
        this.version = version;
        this.model = model;
        this.aliases = new MlflowAliases(model);
        this.runs = runs;
        this.folders = folders;
        this.calls = calls;
        this.holder = holder;
        this.attestations = attestations;
    }

    RegisteredModel registered() throws StageFailure, IOException, InterruptedException {
        try {
            return calls.patiently("register a model", () -> {
                Optional<RegisteredModel> there = lowest();
                return there.isPresent() ? there.get() : made();
            });
        } catch (InterruptedException e) {
            return doneBefore().orElseThrow(() -> e);
        }
    }

    /** What was done before a cancellation could end it; empty after any other interruption. */
    private Optional<RegisteredModel> doneBefore() throws StageFailure, IOException, InterruptedException {
        return holder.standing() == Standing.CANCELLED ? lowest() : Optional.empty();
    }

    private RegisteredModel made() throws MlflowFailure, StageFailure, IOException, InterruptedException {
        Runs.Run run = runs.begun(version);
        putFiles(folders.at(run.folder()));
        if (!runs.finish(run)) {
            return lowest().orElseThrow(() -> new IOException("the run " + run.id() + " was deleted meanwhile"));
        }
        model.ensure();
        int number = model.create(version, run);
        return lowest().orElseThrow(() -> new IOException(model.resource(number) + " vanished after it was made"));
    }

    private void putFiles(RunFolder folder) throws StageFailure, IOException, InterruptedException {
        String file = RunFolder.modelFile(version.parent());
        holder.tell("uploads " + file + " to a run of MLflow");
        folder.put(version.file(), file, version.sha256());
        folder.put(RegistryJson.bytes(VersionFile.of(version, file, null, null)), VersionFile.NAME);
        for (var attestation : attestations.of(version, file).entrySet()) {
            folder.put(attestation.getValue(), attestation.getKey());
        }
    }

    private Optional<RegisteredModel> lowest() throws StageFailure, IOException, InterruptedException {
        List<JsonNode> same = model.withKey(version.key());
        if (same.isEmpty()) {
            return Optional.empty();
        }
        JsonNode kept = same.getFirst();
        for (JsonNode twin : same.subList(1, same.size())) {
            requireHeld();
            delete(twin, kept);
        }
        return Optional.of(registered(kept, aliases.kept(version.rejected())));
    }

    private void delete(JsonNode twin, JsonNode kept) throws StageFailure, IOException, InterruptedException {
        LOG.warn(
                "A twin of a registered version is deleted jobId={} stage=registry resource={} kept={}",
                version.jobId(),
                model.resource(MlflowModel.number(twin)),
                MlflowModel.number(kept));
        aliases.inherit(MlflowModel.number(twin), MlflowModel.number(kept));
        model.delete(MlflowModel.number(twin));
        String run = twin.path("run_id").asText();
        if (!run.isEmpty() && !run.equals(kept.path("run_id").asText())) {
            runs.delete(run);
        }
    }

    /** Another attempt deletes the twins where this one may not. */
    private void requireHeld() throws InterruptedException {
        if (holder.standing() == Standing.LOST) {
            throw new InterruptedException("another attempt has the job " + version.jobId());
        }
    }

    private RegisteredModel registered(JsonNode kept, Map<String, Integer> byAlias) {
        int number = MlflowModel.number(kept);
        return RegisteredModel.newBuilder()
                .setBehavior(version.parent().behavior())
                .setName(model.name())
                .setVersion(number)
                .setResourceName(model.resource(number))
                .setUri(kept.path("source").asText() + "/" + RunFolder.modelFile(version.parent()))
                .setSha256(version.sha256())
                .setAliases(MlflowAliases.of(number, byAlias))
                .build();
    }
}
