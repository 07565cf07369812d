package dev.unitymlops.train.mlagents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.train.eventfile.TrainingCurves;
import dev.unitymlops.train.trainer.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code mlagents-learn} left in {@code <results>/<run-id>/}: {@code <Behavior>.onnx} and its folder of checkpoints
 * and event files per behaviour, {@code configuration.yaml} and {@code run_logs/}.
 */
final class RunFolder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGS = "run_logs";

    /** Names in {@code timers.json}, and by what name the event tells of them. */
    private static final Map<String, String> VERSIONS = Map.of(
            "mlagents_version", "mlagents",
            "mlagents_envs_version", "mlagents_envs",
            "communication_protocol_version", "communicator",
            "pytorch_version", "torch",
            "numpy_version", "numpy",
            "python_version", "python");

    private final Path folder;

    RunFolder(Path folder) {
        this.folder = folder;
    }

    /** Trainer steps done by each behaviour, from the trainer's own record of its final checkpoint. */
    Map<String, Long> steps() throws IOException {
        Map<String, Long> steps = new LinkedHashMap<>();
        json("training_status.json").properties().forEach(entry -> {
            JsonNode done = entry.getValue().path("final_checkpoint").path("steps");
            if (done.isIntegralNumber()) {
                steps.put(entry.getKey(), done.longValue());
            }
        });
        return steps;
    }

    /**
     * The final model of each behaviour.
     *
     * @param checkpoints what of the run is in the store
     * @throws StageFailure when one is missing, or is no ONNX model, or stopped before its last step
     */
    List<Trained.Model> models(Map<String, Long> maxSteps, CheckpointSync checkpoints)
            throws StageFailure, IOException {
        Map<String, Long> steps = steps();
        List<Trained.Model> models = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (var wanted : maxSteps.entrySet()) {
            String behavior = wanted.getKey();
            Path model = folder.resolve(behavior + ".onnx");
            OnnxFile.problem(model).ifPresent(problem -> problems.add("mlagents-learn ended with 0, but " + problem));
            Long done = steps.get(behavior);
            if (done == null) {
                problems.add("mlagents-learn ended with 0, but wrote no final checkpoint of the behaviour '" + behavior
                        + "'");
            } else if (done < wanted.getValue()) {
                problems.add("mlagents-learn ended with 0, but trained the behaviour '" + behavior + "' for " + done
                        + " of " + wanted.getValue() + " steps");
            } else {
                models.add(new Trained.Model(behavior, model, done, checkpoints.published(behavior, done)));
            }
        }
        if (!problems.isEmpty()) {
            throw StageFailure.infrastructure(problems.toArray(String[]::new));
        }
        return models;
    }

    /** What is worth keeping beside the models. */
    List<Trained.File> files() throws IOException {
        List<Trained.File> files = new ArrayList<>();
        for (String name : List.of("timers.json", "training_status.json")) {
            addIfThere(files, name, folder.resolve(LOGS).resolve(name));
        }
        addIfThere(files, "configuration.yaml", folder.resolve("configuration.yaml"));
        files.addAll(playerLogs());
        for (Path behavior : behaviorFolders()) {
            for (Path events : TrainingCurves.files(behavior)) {
                addIfThere(files, "events/" + behavior.getFileName() + "/" + events.getFileName(), events);
            }
        }
        return files;
    }

    /** The players' logs, as far as they were written. */
    List<Trained.File> playerLogs() throws IOException {
        List<Trained.File> files = new ArrayList<>();
        for (Path log : list(folder.resolve(LOGS))) {
            if (log.getFileName().toString().matches("Player-\\d+\\.log")) {
                addIfThere(files, "player-logs/" + log.getFileName(), log);
            }
        }
        return files;
    }

    /** The figures of a behaviour over its training. */
    TrainingCurves curves(String behavior) throws IOException {
        return TrainingCurves.read(folder.resolve(behavior));
    }

    /** Behaviours that have a folder of checkpoints. */
    List<Path> behaviorFolders() throws IOException {
        return list(folder).stream()
                .filter(Files::isDirectory)
                .filter(path -> !path.endsWith(LOGS))
                .toList();
    }

    /** Versions of the trainer by package; without what follows the first blank, such as Python's compiler. */
    Map<String, String> versions() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        JsonNode metadata = json("timers.json").path("metadata");
        VERSIONS.forEach((key, name) -> {
            String version = metadata.path(key).asText();
            if (!version.isBlank()) {
                versions.put(name, version.split("\\s", 2)[0]);
            }
        });
        return versions;
    }

    private JsonNode json(String name) throws IOException {
        Path file = folder.resolve(LOGS).resolve(name);
        return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
    }

    private static void addIfThere(List<Trained.File> files, String name, Path file) {
        if (Files.isRegularFile(file)) {
            files.add(new Trained.File(name, file));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
