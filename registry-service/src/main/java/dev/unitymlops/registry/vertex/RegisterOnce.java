package dev.unitymlops.registry.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.aiplatform.v1.Model;
import com.google.longrunning.Operation;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.stage.Attempt.Standing;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One registration. Uploads have no idempotency key in Vertex AI, so each version has a label that names its job and
 * file; the label is looked for before an upload and after it, the lowest version with the label stays and later ones are
 * deleted. Numbers only rise, so a version that was the lowest when it was published is the lowest for ever and is never
 * deleted; before each deletion the attempt asks whether it still has the job all the same.
 *
 * <p>When the job is cancelled, so is the upload that is under way. Where that comes too late, the version counts: it is
 * returned, and published as one that was done before.
 */
final class RegisterOnce {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterOnce.class);

    private final ModelVersion version;
    private final VertexVersions versions;
    private final VersionFolder files;
    private final Serving serving;
    private final VertexCalls calls;
    private final Holder holder;
    private final Attestations attestations;
    private boolean filesThere;
    private @Nullable Operation upload;

    RegisterOnce(
            ModelVersion version,
            VertexVersions versions,
            VersionFolder files,
            Serving serving,
            VertexCalls calls,
            Holder holder,
            Attestations attestations) {
        this.version = version;
        this.versions = versions;
        this.files = files;
        this.serving = serving;
        this.calls = calls;
        this.holder = holder;
        this.attestations = attestations;
    }

    RegisteredModel registered() throws StageFailure, IOException, InterruptedException {
        serving.requireServesOnnx();
        boolean known = false;
        try {
            RegisteredModel registered = untilRegistered();
            known = true;
            return registered;
        } catch (InterruptedException e) {
            Optional<RegisteredModel> tooLate = cancelled();
            known = tooLate.isPresent();
            return tooLate.orElseThrow(() -> e);
        } finally {
            if (!known && filesThere) {
                LOG.warn(
                        "Files are in the bucket for a version that there may not be jobId={} stage=registry uri={} model={}",
                        version.jobId(),
                        files.uri(),
                        versions.model());
            }
        }
    }

    private RegisteredModel untilRegistered() throws StageFailure, IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            versions.awaitChanges();
            Optional<RegisteredModel> there = lowest(0);
            if (there.isPresent()) {
                return there.get();
            }
            try {
                putFiles();
                upload = null;
                upload = versions.upload(UploadedVersion.of(version, files.uri(), serving));
                int number = versions.uploaded(upload);
                versions.awaitChanges();
                return lowest(number).orElseThrow(() -> vanished(number));
            } catch (ApiException e) {
                calls.pauseOrFail("register a model", e, tried);
            }
        }
    }

    /** What was done before a cancellation could end it; empty after any other interruption. */
    private Optional<RegisteredModel> cancelled() throws StageFailure, InterruptedException {
        if (holder.standing() != Standing.CANCELLED) {
            return Optional.empty();
        }
        if (upload != null) {
            versions.cancel(upload);
        }
        versions.awaitChanges();
        return lowest(0);
    }

    private void putFiles() throws StageFailure, IOException, InterruptedException {
        if (!filesThere) {
            holder.tell("uploads " + VersionFolder.fileName(version) + " to " + files.uri());
            files.put(version, serving.layout(), attestations);
            filesThere = true;
        }
    }

    /** A version that a person deleted within the same moment. */
    private StageFailure vanished(int number) {
        return StageFailure.infrastructure(versions.resource(number) + " vanished after its upload");
    }

    /** @param number of the last upload; 0 before it */
    private Optional<RegisteredModel> lowest(int number) throws StageFailure, InterruptedException {
        NavigableMap<Integer, Model> same = versions.labelled(UploadedVersion.KEY, version.key(), number);
        if (same.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Integer, Model> kept = same.firstEntry();
        for (int twin : same.tailMap(kept.getKey(), false).keySet()) {
            requireHeld();
            LOG.warn(
                    "A twin of a registered version is deleted jobId={} stage=registry resource={} kept={}",
                    version.jobId(),
                    versions.resource(twin),
                    kept.getKey());
            versions.delete(twin);
        }
        if (same.size() > 1) {
            // A deleted twin took the alias with it.
            versions.aliases().restoreLatest();
        }
        return Optional.of(registered(kept.getKey(), kept.getValue()));
    }

    /** Another attempt deletes the twins where this one may not. */
    private void requireHeld() throws InterruptedException {
        if (holder.standing() == Standing.LOST) {
            throw new InterruptedException("another attempt has the job " + version.jobId());
        }
    }

    private RegisteredModel registered(int number, Model model) {
        return RegisteredModel.newBuilder()
                .setBehavior(version.parent().behavior())
                .setName(versions.model())
                .setVersion(number)
                .setResourceName(versions.resource(number))
                .setUri(model.getArtifactUri() + "/" + VersionFolder.fileName(version))
                .setSha256(version.sha256())
                .setAliases(model.getVersionAliasesList().stream()
                        .map(String::toString)
                        .toList())
                .build();
    }
}
