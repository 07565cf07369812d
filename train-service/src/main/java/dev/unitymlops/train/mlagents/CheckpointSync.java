package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.CheckpointSet;
import dev.unitymlops.stage.artifacts.CheckpointSets;
import dev.unitymlops.train.eventfile.TrainingCurves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies checkpoints to the artifact store while the trainer runs. ML-Agents writes {@code <B>-<step>.pt}, then
 * {@code checkpoint.pt} with the same content, then exports the {@code .onnx} and only then prints "Exported"
 * ({@code torch_model_saver.py}); the numbered files do not change any more. Used on one thread.
 */
final class CheckpointSync {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSync.class);
    private static final Pattern EXPORTED = Pattern.compile("(?<behavior>.+)-(?<step>\\d{1,18})\\.onnx");

    private final String jobId;
    private final Path run;
    private final Path attemptFolder;
    private final Set<String> behaviors = new HashSet<>();
    private final Map<String, Long> steps = new TreeMap<>();
    private boolean unpublished;
    private @Nullable CheckpointSet last;

    /**
     * @param run the trainer's folder of this run
     * @param attemptFolder the attempt's folder in the store
     */
    CheckpointSync(String jobId, Path run, Path attemptFolder) {
        this.jobId = jobId;
        this.run = run;
        this.attemptFolder = attemptFolder;
    }

    /** A behaviour is trained: a set is complete only with it. */
    void expect(String behavior) {
        behaviors.add(behavior);
    }

    /** A checkpoint was exported; it is published once every behaviour has one. */
    void exported(Path onnx) {
        Matcher name = EXPORTED.matcher(String.valueOf(onnx.getFileName()));
        if (!name.matches()) {
            return;
        }
        steps.put(name.group("behavior"), Long.valueOf(name.group("step")));
        unpublished = true;
        if (steps.keySet().containsAll(behaviors)) {
            publish();
        }
    }

    /** The trainer has ended: the last set is published with the state that the trainer wrote at its end. */
    void ended() {
        if (!steps.isEmpty() && (unpublished || Files.exists(trainingStatus()))) {
            publish();
        }
    }

    /**
     * The copy of a behaviour's weights at a step; null when it is not in the last set that was published.
     *
     * @throws IOException when the store cannot be read
     */
    @Nullable
    ArtifactFile published(String behavior, long step) throws IOException {
        String name = behavior + "/" + behavior + "-" + step + ".pt";
        return last != null && last.files().contains(name)
                ? ArtifactFiles.describe(last.folder().resolve(name))
                : null;
    }

    /** A copy that fails costs at most the steps since the last one: training goes on. */
    private void publish() {
        long step = Collections.min(steps.values());
        try {
            last = CheckpointSets.publish(run, files(), attemptFolder, "step-" + step);
            unpublished = false;
            LOG.info("A checkpoint is in the artifact store jobId={} stage=train step={}", jobId, step);
        } catch (IOException e) {
            LOG.warn(
                    "A checkpoint could not be copied to the artifact store jobId={} stage=train step={}",
                    jobId,
                    step,
                    e);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (var checkpoint : steps.entrySet()) {
            Path folder = run.resolve(checkpoint.getKey());
            String name = checkpoint.getKey() + "-" + checkpoint.getValue();
            files.add(folder.resolve(name + ".pt"));
            files.add(folder.resolve(name + ".onnx"));
            files.addAll(TrainingCurves.files(folder));
            addIfThere(files, folder.resolve("last_replay_buffer.hdf5"));
        }
        addIfThere(files, trainingStatus());
        return files;
    }

    private static void addIfThere(List<Path> files, Path file) {
        if (Files.exists(file)) {
            files.add(file);
        }
    }

    private Path trainingStatus() {
        return run.resolve("run_logs/training_status.json");
    }
}
