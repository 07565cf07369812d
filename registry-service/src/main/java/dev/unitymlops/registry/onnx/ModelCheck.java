package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.registry.onnx.LoadedModel.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Checks trained models with ONNX Runtime, in this process: one thread each and a limit on size and time. Memory is
 * bounded by the size limit as far as a model's weights go; what its operators make of them is not. Thread-safe.
 *
 * @param maxBytes largest file that is loaded
 * @param timeout for loading and running a model
 */
public record ModelCheck(long maxBytes, Duration timeout) {

    /**
     * Everything that is wrong with the model; empty when nothing is. Each problem reads on after "the model".
     *
     * @param declared the spaces it was trained for; empty: it only has to load
     * @throws IOException when the file cannot be read
     */
    public List<String> problems(Path file, Optional<Spaces> declared) throws IOException, InterruptedException {
        Optional<String> tooLarge = tooLarge(Files.size(file));
        if (tooLarge.isPresent()) {
            return List.of(tooLarge.get());
        }
        List<String> unloadable = ModelFileScan.problems(file);
        return unloadable.isEmpty() ? withinTimeout(file, declared) : unloadable;
    }

    /** The problem of a file of this size, if it is one: asked before the file is fetched. */
    public Optional<String> tooLarge(long bytes) {
        return bytes <= maxBytes
                ? Optional.empty()
                : Optional.of(
                        "is of " + bytes + " bytes, more than registry.max-model-bytes allows (" + maxBytes + ")");
    }

    /** Native code knows no interruption, so it runs on a thread of its own and is asked to stop. */
    private List<String> withinTimeout(Path file, Optional<Spaces> declared) throws IOException, InterruptedException {
        OrtEnvironment runtime;
        Stop stop;
        try {
            runtime = OnnxRuntime.environment();
            stop = new Stop();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not start", e);
        }
        FutureTask<List<String>> check = new FutureTask<>(() -> {
            try (stop) {
                return loadAndRun(runtime, file, declared, stop.options);
            }
        });
        Thread.ofPlatform().daemon().name("model-check").start(check);
        try {
            return check.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return List.of("gave no answer within " + timeout.toSeconds() + " s (registry.check-timeout)");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the check of " + file.getFileName() + " failed", e.getCause());
        } finally {
            stop.request();
        }
    }

    private static List<String> loadAndRun(
            OrtEnvironment runtime, Path file, Optional<Spaces> declared, RunOptions options) {
        try (LoadedModel model = LoadedModel.load(runtime, file)) {
            if (declared.isEmpty()) {
                return List.of();
            }
            List<String> differences = DeclaredInterface.problems(declared.get(), model);
            return differences.isEmpty() ? run(model, declared.get(), options) : differences;
        } catch (OrtException e) {
            return List.of("cannot be loaded by ONNX Runtime: " + e.getMessage());
        }
    }

    private static List<String> run(LoadedModel model, Spaces declared, RunOptions options) {
        try {
            return DeclaredAnswer.problems(declared.actions(), memorySize(model), ZeroInference.run(model, options));
        } catch (OrtException e) {
            return List.of("cannot be run by ONNX Runtime: " + e.getMessage());
        }
    }

    private static long memorySize(LoadedModel model) {
        Tensor memory = model.inputs().get(TensorNames.RECURRENT_IN);
        return memory == null ? 0 : memory.shape().getLast();
    }

    /** Asks a run to stop from another thread, but never after the run's options are gone. */
    private static final class Stop implements AutoCloseable {

        private final RunOptions options;
        private boolean closed;

        Stop() throws OrtException {
            options = new RunOptions();
        }

        synchronized void request() {
            try {
                if (!closed) {
                    options.setTerminate(true);
                }
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime takes no request to stop", e);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            options.close();
        }
    }
}
