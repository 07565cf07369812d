package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What MLflow remembers, with the answers that its own server gave when it was asked the same. Thread-safe. */
final class StandInStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("name = '([^']*)'");
    private static final Pattern TAG = Pattern.compile("tags\\.`([^`]*)` = '([^']*)'");
    private static final Pattern RESERVED = Pattern.compile("latest|v\\d+", Pattern.CASE_INSENSITIVE);

    private final Map<String, ObjectNode> experiments = new TreeMap<>();
    private final Map<String, ObjectNode> runs = new TreeMap<>();
    private final Map<String, Model> models = new TreeMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    private record Model(ObjectNode facts, TreeMap<Integer, ObjectNode> versions, Map<String, Integer> aliases) {

        private JsonNode told() {
            ObjectNode told = facts.deepCopy();
            ArrayNode array = told.putArray("aliases");
            aliases.forEach(
                    (alias, version) -> array.addObject().put("alias", alias).put("version", String.valueOf(version)));
            return told;
        }
    }

    static final class Refused extends Exception {
        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
        }
    }

    /** Artifacts by path. */
    Map<String, byte[]> files() {
        return files;
    }

    /** Resources of all versions that are not deleted. */
    synchronized List<String> resources() {
        return models.values().stream()
                .flatMap(model -> model.versions().values().stream())
                .filter(version -> !version.has("deleted"))
                .map(version -> "models:/" + version.path("name").asText() + "/"
                        + version.path("version").asText())
                .toList();
    }

    /** How many versions were ever made. */
    synchronized int made() {
        return models.values().stream()
                .mapToInt(model -> model.versions().size())
                .sum();
    }

    /** Runs that are not deleted. */
    synchronized long runs() {
        return runs.values().stream()
                .filter(run -> run.at("/info/lifecycle_stage").asText().equals("active"))
                .count();
    }

    /** The version that has the alias, by the model's name. */
    synchronized Map<String, Integer> having(String alias) {
        Map<String, Integer> having = new TreeMap<>();
        models.forEach((name, model) -> {
            if (model.aliases().containsKey(alias)) {
                having.put(name, model.aliases().get(alias));
            }
        });
        return having;
    }

    synchronized void deleteExperiment(String name) {
        experiments.get(name).put("lifecycle_stage", "deleted");
    }

    synchronized JsonNode call(String call, JsonNode request) throws Refused {
        return switch (call) {
            case "GET experiments/get-by-name" ->
                wrapped("experiment", existing(experiments, request, "experiment_name"));
            case "POST experiments/create" -> createExperiment(request);
            case "POST runs/search" -> searchRuns(request);
            case "POST runs/create" -> createRun(request);
            case "GET runs/get" -> wrapped("run", existing(runs, request, "run_id"));
            case "POST runs/update" ->
                updateRun(request, "status", request.path("status").asText());
            case "POST runs/delete" -> updateRun(request, "lifecycle_stage", "deleted");
            case "POST registered-models/create" -> createModel(request);
            case "GET registered-models/get" ->
                wrapped("registered_model", model(request).told());
            case "GET registered-models/search" -> searchModels();
            case "POST registered-models/alias" -> alias(request);
            case "POST model-versions/create" -> createVersion(request);
            case "GET model-versions/get" -> wrapped("model_version", version(request));
            case "GET model-versions/search" -> searchVersions(request);
            case "POST model-versions/set-tag" -> tagVersion(request);
            case "DELETE model-versions/delete" -> deleteVersion(request);
            default -> throw new Refused(404, "", "no such call: " + call);
        };
    }

    private JsonNode createExperiment(JsonNode request) throws Refused {
        String name = request.path("name").asText();
        requireNew(experiments, name);
        experiments.put(
                name,
                JSON.createObjectNode()
                        .put("experiment_id", String.valueOf(experiments.size() + 1))
                        .put("lifecycle_stage", "active"));
        return experiments.get(name);
    }

    private JsonNode searchRuns(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode found = answer.putArray("runs");
        runs.values().stream()
                .filter(run -> run.at("/info/lifecycle_stage").asText().equals("active"))
                .filter(run -> run.at("/info/experiment_id")
                        .asText()
                        .equals(request.at("/experiment_ids/0").asText()))
                .filter(run -> isTagged(run.path("data"), request.path("filter").asText()))
                .limit(request.path("max_results").asInt())
                .forEach(found::add);
        return answer;
    }

    private JsonNode createRun(JsonNode request) {
        String id = "run%05d".formatted(runs.size() + 1);
        String experiment = request.path("experiment_id").asText();
        ObjectNode run = JSON.createObjectNode();
        run.putObject("info")
                .put("run_id", id)
                .put("experiment_id", experiment)
                .put("lifecycle_stage", "active")
                .put("artifact_uri", "mlflow-artifacts:/" + experiment + "/" + id + "/artifacts");
        run.putObject("data").set("tags", request.path("tags"));
        runs.put(id, run);
        return wrapped("run", run);
    }

    private JsonNode updateRun(JsonNode request, String field, String value) throws Refused {
        ObjectNode run = existing(runs, request, "run_id");
        if (run.at("/info/lifecycle_stage").asText().equals("deleted")) {
            throw new Refused(
                    400,
                    "INVALID_PARAMETER_VALUE",
                    "The run " + request.path("run_id").asText()
                            + " must be in the 'active' state. Current state is deleted.");
        }
        ((ObjectNode) run.path("info")).put(field, value);
        return JSON.createObjectNode();
    }

    private JsonNode createModel(JsonNode request) throws Refused {
        String name = request.path("name").asText();
        if (name.contains("/") || name.contains(":")) {
            throw new Refused(400, "INVALID_PARAMETER_VALUE", "Names cannot contain '/' or ':'.");
        }
        requireNew(models, name);
        models.put(name, new Model(request.deepCopy(), new TreeMap<>(), new TreeMap<>()));
        return wrapped("registered_model", models.get(name).told());
    }

    private JsonNode searchModels() {
        ObjectNode answer = JSON.createObjectNode();
        models.values().forEach(model -> answer.withArray("registered_models").add(model.told()));
        return answer;
    }

    private JsonNode alias(JsonNode request) throws Refused {
        String alias = request.path("alias").asText();
        if (RESERVED.matcher(alias).matches()) {
            throw new Refused(400, "INVALID_PARAMETER_VALUE", "'" + alias + "' is reserved.");
        }
        ObjectNode version = version(request);
        model(request).aliases().put(alias, version.path("version").asInt());
        return JSON.createObjectNode();
    }

    private JsonNode createVersion(JsonNode request) throws Refused {
        Model model = model(request);
        ObjectNode run = existing(runs, request, "run_id");
        if (!request.path("source")
                .asText()
                .startsWith(run.at("/info/artifact_uri").asText())) {
            throw new Refused(400, "INVALID_PARAMETER_VALUE", "Invalid model version source");
        }
        int number = model.versions().isEmpty() ? 1 : model.versions().lastKey() + 1;
        ObjectNode version = request.deepCopy();
        version.put("version", String.valueOf(number)).put("creation_timestamp", 1_772_600_000_000L + number);
        model.versions().put(number, version);
        return wrapped("model_version", version);
    }

    private JsonNode searchVersions(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        String filter = request.path("filter").asText();
        Matcher name = NAME.matcher(filter);
        Model model = name.find() ? models.get(name.group(1)) : null;
        if (model == null) {
            return answer;
        }
        Comparator<ObjectNode> order =
                Comparator.comparingInt(version -> version.path("version").asInt());
        model.versions().values().stream()
                .filter(version -> !version.has("deleted"))
                .filter(version -> isTagged(version, filter))
                .sorted(request.path("order_by").asText().endsWith("DESC") ? order.reversed() : order)
                .limit(request.path("max_results").asInt())
                .forEach(answer.withArray("model_versions")::add);
        return answer;
    }

    private JsonNode tagVersion(JsonNode request) throws Refused {
        version(request)
                .withArray("tags")
                .addObject()
                .put("key", request.path("key").asText())
                .put("value", request.path("value").asText());
        return JSON.createObjectNode();
    }

    private JsonNode deleteVersion(JsonNode request) throws Refused {
        version(request).put("deleted", true);
        model(request)
                .aliases()
                .values()
                .removeIf(version -> version == request.path("version").asInt());
        return JSON.createObjectNode();
    }

    private static boolean isTagged(JsonNode tagged, String filter) {
        Matcher tag = TAG.matcher(filter);
        return !tag.find() || MlflowTags.value(tagged, tag.group(1)).orElse("").equals(tag.group(2));
    }

    private Model model(JsonNode request) throws Refused {
        return existing(models, request, "name");
    }

    private ObjectNode version(JsonNode request) throws Refused {
        ObjectNode version =
                model(request).versions().get(request.path("version").asInt());
        if (version == null || version.has("deleted")) {
            throw missing("model version " + request);
        }
        return version;
    }

    private static <T> T existing(Map<String, T> things, JsonNode request, String field) throws Refused {
        T thing = things.get(request.path(field).asText());
        if (thing == null) {
            throw missing(field + " " + request.path(field).asText());
        }
        return thing;
    }

    private static Refused missing(String what) {
        return new Refused(404, "RESOURCE_DOES_NOT_EXIST", what + " not found");
    }

    private static void requireNew(Map<String, ?> things, String name) throws Refused {
        if (things.containsKey(name)) {
            throw new Refused(400, "RESOURCE_ALREADY_EXISTS", name + " already exists.");
        }
    }

    private static JsonNode wrapped(String name, JsonNode node) {
        return JSON.createObjectNode().set(name, node.deepCopy());
    }
}
