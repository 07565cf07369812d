package dev.unitymlops.registry.onnx;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks trained models: their protocol buffer in this process, in constant memory; what ONNX Runtime makes of them in a
 * process of its own, with limits on time and memory that end that process and nothing else. Thread-safe.
 *
 * @param maxBytes largest file that is loaded
 * @param timeout for loading and running a model
 * @param memoryBytes most that ONNX Runtime may take for that; only Linux keeps to it
 */
public record ModelCheck(long maxBytes, Duration timeout, long memoryBytes) {

    /**
     * Everything that is wrong with the model; empty when nothing is. Each problem reads on after "the model".
     *
     * @param declared the job whose spaces it was trained for; empty: it only has to load
     * @throws IOException when the file cannot be read
     * @throws StageFailure when ONNX Runtime does not start here
     */
    public List<String> problems(Path file, Optional<TrainingJob> declared, Attempt attempt)
            throws StageFailure, IOException, InterruptedException {
        Optional<String> tooLarge = tooLarge(Files.size(file));
        if (tooLarge.isPresent()) {
            return List.of(tooLarge.get());
        }
        List<String> unloadable = ModelFileScan.problems(file);
        return unloadable.isEmpty() ? new Trial(this, attempt).problems(file, declared) : unloadable;
    }

    /** The problem of a file of this size, if it is one: asked before the file is fetched. */
    public Optional<String> tooLarge(long bytes) {
        return bytes <= maxBytes
                ? Optional.empty()
                : Optional.of(
                        "is of " + bytes + " bytes, more than registry.max-model-bytes allows (" + maxBytes + ")");
    }
}
