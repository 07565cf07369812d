package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.unitymlops.registry.registration.RegistryJson;
import dev.unitymlops.registry.registration.VersionFile;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model registry in MLflow, by one tracking server. Thread-safe. */
final class MlflowRegistry implements ModelRegistry {

    private static final String PAGE = "1000";

    private final MlflowCalls calls;
    private final Runs runs;
    private final RunFolders folders;
    private final Holder holder;
    private final Attestations attestations;

    MlflowRegistry(MlflowCalls calls, Runs runs, RunFolders folders, Holder holder, Attestations attestations) {
        this.calls = calls;
        this.runs = runs;
        this.folders = folders;
        this.holder = holder;
        this.attestations = attestations;
    }

    @Override
    public String word() {
        return "mlflow";
    }

    @Override
    public RegisteredModel register(ModelVersion version) throws StageFailure, IOException, InterruptedException {
        return new RegisterOnce(version, model(version.parent()), runs, folders, calls, holder, attestations)
                .registered();
    }

    @Override
    public List<ParentModel> parents() throws StageFailure, IOException, InterruptedException {
        List<ParentModel> parents = new ArrayList<>();
        Map<String, String> query = new TreeMap<>(Map.of("filter", "name LIKE 'unity-%'", "max_results", PAGE));
        String next;
        do {
            JsonNode page = calls.get("list the registered models", "registered-models/search", query);
            page.path("registered_models").forEach(model -> parent(model).ifPresent(parents::add));
            next = page.path("next_page_token").asText("");
            query.put("page_token", next);
        } while (!next.isEmpty());
        parents.sort(Comparator.comparing(ParentModel::name));
        return parents;
    }

    /** Empty for a model of somebody else. */
    private Optional<ParentModel> parent(JsonNode model) {
        return MlflowTags.value(model, MlflowTags.MODEL)
                .map(ParentModel::named)
                .filter(parent -> model(parent).name().equals(model.path("name").asText()));
    }

    @Override
    public Optional<ModelHistory> history(ParentModel parent) throws StageFailure, IOException, InterruptedException {
        MlflowModel model = model(parent);
        Optional<Map<String, Integer>> aliases = new MlflowAliases(model).all();
        return aliases.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelHistory(
                        parent,
                        aliases.get(),
                        model.versions().stream().map(MlflowRegistry::line).toList()));
    }

    private static ModelHistory.Line line(JsonNode version) {
        return new ModelHistory.Line(
                MlflowModel.number(version),
                MlflowTags.value(version, MlflowTags.DISPLAY_NAME)
                        .orElse(version.path("name").asText()),
                MlflowTags.value(version, MlflowTags.JOB).orElse(null),
                registeredAt(version),
                MlflowTags.value(version, MlflowTags.REJECTED).orElse("").equals("true"),
                MlflowTags.value(version, MlflowTags.MEAN_REWARD)
                        .map(Double::valueOf)
                        .orElse(null));
    }

    private static String registeredAt(JsonNode version) {
        return Instant.ofEpochMilli(version.path("creation_timestamp").asLong()).toString();
    }

    @Override
    public Optional<RegisteredVersion> version(ParentModel parent, int number)
            throws StageFailure, IOException, InterruptedException {
        MlflowModel model = model(parent);
        Optional<JsonNode> found = model.find(number);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String source = found.get().path("source").asText();
        VersionFile file = versionFile(model.resource(number), source).registered(number, registeredAt(found.get()));
        Map<String, Integer> aliases = new MlflowAliases(model).all().orElse(Map.of());
        return Optional.of(new RegisteredVersion(
                parent,
                number,
                model.resource(number),
                source + "/" + file.file(),
                MlflowAliases.of(number, aliases),
                approval(found.get()),
                file));
    }

    private VersionFile versionFile(String resource, String source)
            throws StageFailure, IOException, InterruptedException {
        byte[] content = folders.at(source)
                .note(VersionFile.NAME)
                .orElseThrow(() -> StageFailure.user(resource + " is not one that unity-mlops registered: there is no "
                        + VersionFile.NAME + " in " + source));
        return RegistryJson.read(content, source + "/" + VersionFile.NAME, VersionFile.class);
    }

    private static @Nullable Approval approval(JsonNode version) throws IOException {
        Optional<String> tag = MlflowTags.value(version, MlflowTags.APPROVAL);
        return tag.isEmpty()
                ? null
                : RegistryJson.read(
                        tag.get().getBytes(StandardCharsets.UTF_8), "the tag " + MlflowTags.APPROVAL, Approval.class);
    }

    @Override
    public boolean move(ParentModel parent, List<AliasMove> moves)
            throws StageFailure, IOException, InterruptedException {
        return new MlflowAliases(model(parent)).move(moves);
    }

    @Override
    public void approve(ParentModel parent, int number, Approval approval)
            throws StageFailure, IOException, InterruptedException {
        JsonNode version = model(parent)
                .find(number)
                .orElseThrow(() -> StageFailure.user("there is no version " + number + " of " + parent.name()));
        if (MlflowTags.value(version, MlflowTags.APPROVAL).isEmpty()) {
            ObjectNode word = MlflowCalls.object().put("by", approval.by()).put("at", approval.at());
            model(parent).tag(number, MlflowTags.APPROVAL, word.toString());
        }
    }

    @Override
    public void fetch(RegisteredVersion version, Path to) throws StageFailure, IOException, InterruptedException {
        int end = version.uri().lastIndexOf('/');
        RunFolder folder = folders.at(version.uri().substring(0, end));
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Received.Content found = folder.fetch(
                            version.uri().substring(end + 1),
                            part,
                            version.file().sizeBytes())
                    .orElseThrow(() -> StageFailure.user(version.uri() + " is gone"));
            if (!found.sha256().equals(version.file().sha256())) {
                throw new IOException(version.uri() + " is not the file that was registered: expected sha256 "
                        + version.file().sha256() + ", found " + found.sha256());
            }
            Files.move(part, to);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private MlflowModel model(ParentModel parent) {
        return new MlflowModel(calls, parent);
    }
}
