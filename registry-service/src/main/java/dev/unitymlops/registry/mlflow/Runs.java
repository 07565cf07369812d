package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of one experiment, one for each registration: MLflow takes a version's files only from a run. Thread-safe.
 */
final class Runs {

    private final MlflowCalls calls;
    private final String experiment;
    private final InstantSource clock;

    Runs(MlflowCalls calls, String experiment, InstantSource clock) {
        this.calls = calls;
        this.experiment = experiment;
        this.clock = clock;
    }

    /** @param folder URI of its artifacts */
    record Run(String id, String folder) {
        private static Run of(JsonNode run) {
            JsonNode info = run.path("info");
            return new Run(
                    info.path("run_id").asText(), info.path("artifact_uri").asText());
        }
    }

    /**
     * The registration's run, which an earlier attempt may have begun.
     *
     * @throws MlflowFailure when it cannot be made; it may have been made all the same
     */
    Run begun(ModelVersion version) throws MlflowFailure, StageFailure, IOException, InterruptedException {
        String id = experimentId();
        Optional<Run> earlier = find(id, version.key());
        return earlier.isPresent() ? earlier.get() : create(id, version);
    }

    private Optional<Run> find(String experimentId, String key) throws StageFailure, IOException, InterruptedException {
        ObjectNode search = MlflowCalls.object().put("filter", "tags.`" + MlflowTags.KEY + "` = '" + key + "'");
        search.putArray("experiment_ids").add(experimentId);
        search.putArray("order_by").add("attributes.start_time ASC");
        JsonNode found = calls.post("search runs", "runs/search", search.put("max_results", 1));
        return found.path("runs").isEmpty()
                ? Optional.empty()
                : Optional.of(Run.of(found.path("runs").get(0)));
    }

    private Run create(String experimentId, ModelVersion version)
            throws MlflowFailure, IOException, InterruptedException {
        ObjectNode run = MlflowCalls.object()
                .put("experiment_id", experimentId)
                .put("run_name", version.displayName())
                .put("start_time", clock.millis());
        MlflowCalls.putTags(run, MlflowTags.of(version));
        return Run.of(calls.create("runs/create", run).path("run"));
    }

    /**
     * Notes that the run has all its files.
     *
     * @return false when it is deleted: somebody has found the version that is there already
     */
    boolean finish(Run run) throws StageFailure, IOException, InterruptedException {
        ObjectNode update = MlflowCalls.object()
                .put("run_id", run.id())
                .put("status", "FINISHED")
                .put("end_time", clock.millis());
        return change(run.id(), "finish a run", "runs/update", update);
    }

    /** Takes a run out of sight, unless somebody has done so already; {@code mlflow gc} deletes its files. */
    void delete(String id) throws StageFailure, IOException, InterruptedException {
        boolean unused =
                change(id, "delete a run", "runs/delete", MlflowCalls.object().put("run_id", id));
    }

    /** MLflow refuses to change a deleted run as it refuses a wrong request, so the run itself is asked. */
    private boolean change(String id, String what, String path, ObjectNode body)
            throws StageFailure, IOException, InterruptedException {
        return calls.patiently(what, () -> {
            try {
                JsonNode unused = calls.create(path, body);
                return true;
            } catch (MlflowFailure e) {
                if (!e.again() && isDeleted(id)) {
                    return false;
                }
                throw e;
            }
        });
    }

    private boolean isDeleted(String id) throws StageFailure, IOException, InterruptedException {
        return calls.find("tell of a run", "runs/get", Map.of("run_id", id))
                .map(run -> run.at("/run/info/lifecycle_stage").asText().equals("deleted"))
                .orElse(true);
    }

    private String experimentId() throws MlflowFailure, StageFailure, IOException, InterruptedException {
        Optional<JsonNode> found = calls.find(
                "tell of the experiment " + experiment,
                "experiments/get-by-name",
                Map.of("experiment_name", experiment));
        if (found.isEmpty()) {
            ObjectNode wanted = MlflowCalls.object().put("name", experiment);
            return calls.create("experiments/create", wanted)
                    .path("experiment_id")
                    .asText();
        }
        JsonNode there = found.get().path("experiment");
        if (there.path("lifecycle_stage").asText().equals("deleted")) {
            throw StageFailure.of(
                    FailureCause.INFRASTRUCTURE,
                    Retry.NEVER,
                    "the experiment " + experiment
                            + " was deleted in MLflow, which keeps its name: restore it, or name another in mlflow.experiment");
        }
        return there.path("experiment_id").asText();
    }
}
