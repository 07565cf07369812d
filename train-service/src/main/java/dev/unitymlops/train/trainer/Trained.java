package dev.unitymlops.train.trainer;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.TrainingInput;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.stage.artifacts.KeepFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training brought.
 *
 * @param invocation how the trainer was called
 * @param models one per behaviour, on the local file system
 * @param files what else is worth keeping, on the local file system
 * @param metrics what the trainer itself wrote; null when it wrote nothing
 * @param versions versions of the trainer by package
 * @param inputs checkpoints that it began with
 */
public record Trained(
        Invocation invocation,
        List<Model> models,
        List<File> files,
        @Nullable TrainingMetrics metrics,
        Map<String, String> versions,
        List<TrainingInput> inputs) {

    public Trained {
        models = List.copyOf(models);
        files = List.copyOf(files);
        versions = Map.copyOf(versions);
        inputs = List.copyOf(inputs);
    }

    /**
     * A behaviour's final model.
     *
     * @param behavior Unity Behavior Name
     * @param steps trainer steps it was trained for
     * @param checkpoint the trainer's own file with the same weights, in the store; null when it is not there
     */
    public record Model(
            String behavior,
            Path file,
            long steps,
            @Nullable ArtifactFile checkpoint) {}

    /**
     * A file to be kept.
     *
     * @param name path below the attempt's folder, with {@code /}
     */
    public record File(String name, Path file) {

        /** The file and its place below the attempt's folder. */
        public KeepFiles.Kept in(Path attemptFolder) {
            return new KeepFiles.Kept(file, attemptFolder.resolve(name));
        }
    }
}
