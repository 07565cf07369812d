package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One registered model of MLflow with its versions and aliases. Thread-safe. */
final class MlflowModel {

    private static final int PAGE = 1000;

    private final MlflowCalls calls;
    private final ParentModel parent;
    private final String name;

    MlflowModel(MlflowCalls calls, ParentModel parent) {
        this.calls = calls;
        this.parent = parent;
        this.name = Legal.modelId(parent.name());
    }

    /** In MLflow. */
    String name() {
        return name;
    }

    String resource(int version) {
        return "models:/" + name + "/" + version;
    }

    /**
     * Makes it unless it is there.
     *
     * @throws MlflowFailure when it cannot be made
     */
    void ensure() throws MlflowFailure, StageFailure, IOException, InterruptedException {
        if (aliases().isPresent()) {
            return;
        }
        ObjectNode model = object().put(
                        "description", "ML-Agents behaviour " + parent.behavior() + " of asset " + parent.assetId());
        MlflowCalls.putTags(model, Map.of(MlflowTags.MODEL, parent.name()));
        try {
            JsonNode unused = calls.create("registered-models/create", model);
        } catch (MlflowFailure e) {
            if (!e.exists()) {
                throw e;
            }
        }
    }

    /** Version by alias, both as MLflow has them; empty when there is no such model. */
    Optional<Map<String, Integer>> aliases() throws StageFailure, IOException, InterruptedException {
        return calls.find("tell of the model " + name, "registered-models/get", Map.of("name", name))
                .map(model -> {
                    Map<String, Integer> aliases = new TreeMap<>();
                    model.path("registered_model")
                            .path("aliases")
                            .forEach(each -> aliases.put(
                                    each.path("alias").asText(),
                                    each.path("version").asInt()));
                    return aliases;
                });
    }

    /** Gives a version an alias, which another one loses by it; false when the version is gone. */
    boolean alias(String alias, int version) throws StageFailure, IOException, InterruptedException {
        ObjectNode wanted = version(version).put("alias", alias);
        return calls.patiently("give " + resource(version) + " the alias " + alias, () -> {
            try {
                JsonNode unused = calls.create("registered-models/alias", wanted);
                return true;
            } catch (MlflowFailure e) {
                if (e.absent()) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The versions with this key, ascending. */
    List<JsonNode> withKey(String key) throws StageFailure, IOException, InterruptedException {
        return search(" and tags.`" + MlflowTags.KEY + "` = '" + key + "'", "ASC", PAGE);
    }

    /** The highest number of a version that missed a gate, or of one that missed none. */
    Optional<Integer> last(boolean rejected) throws StageFailure, IOException, InterruptedException {
        String filter = " and tags.`" + MlflowTags.REJECTED + "` = '" + rejected + "'";
        JsonNode found = page(filter, "DESC", 1, "").path("model_versions");
        return found.isEmpty() ? Optional.empty() : Optional.of(number(found.get(0)));
    }

    /** Every version, ascending. */
    List<JsonNode> versions() throws StageFailure, IOException, InterruptedException {
        return search("", "ASC", PAGE);
    }

    private List<JsonNode> search(String filter, String order, int size)
            throws StageFailure, IOException, InterruptedException {
        List<JsonNode> versions = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = page(filter, order, size, next);
            page.path("model_versions").forEach(versions::add);
            next = page.path("next_page_token").asText("");
        } while (!next.isEmpty());
        return versions;
    }

    private JsonNode page(String filter, String order, int size, String token)
            throws StageFailure, IOException, InterruptedException {
        Map<String, String> query = new TreeMap<>(Map.of(
                "filter",
                "name = '" + name + "'" + filter,
                "order_by",
                "version_number " + order,
                "max_results",
                String.valueOf(size)));
        if (!token.isEmpty()) {
            query.put("page_token", token);
        }
        return calls.get("list the versions of " + name, "model-versions/search", query);
    }

    Optional<JsonNode> find(int version) throws StageFailure, IOException, InterruptedException {
        return calls.find(
                        "tell of " + resource(version),
                        "model-versions/get",
                        Map.of("name", name, "version", String.valueOf(version)))
                .map(found -> found.path("model_version"));
    }

    /**
     * Makes a version of a run's files.
     *
     * @return its number
     * @throws MlflowFailure when it cannot be made; it may have been made all the same
     */
    int create(ModelVersion version, Runs.Run run) throws MlflowFailure, IOException, InterruptedException {
        ObjectNode wanted = object().put("source", run.folder())
                .put("run_id", run.id())
                .put(
                        "description",
                        version.displayName() + "; " + version.verdict().checked());
        MlflowCalls.putTags(wanted, MlflowTags.of(version));
        return number(calls.create("model-versions/create", wanted).path("model_version"));
    }

    void tag(int version, String key, String value) throws StageFailure, IOException, InterruptedException {
        ObjectNode tag = version(version).put("key", key).put("value", value);
        JsonNode unused = calls.post("tag " + resource(version), "model-versions/set-tag", tag);
    }

    /** Its aliases are gone with it, and its number is never given again. */
    void delete(int version) throws StageFailure, IOException, InterruptedException {
        calls.delete("delete " + resource(version), "DELETE", "model-versions/delete", version(version));
    }

    private ObjectNode object() {
        return MlflowCalls.object().put("name", name);
    }

    private ObjectNode version(int number) {
        return object().put("version", String.valueOf(number));
    }

    static int number(JsonNode version) {
        return version.path("version").asInt();
    }
}
