package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.schemas.TrustedPackages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Loads and runs one model in this process, which is there for nothing else: {@code TrialMain <model> [<job>]}. Writes
 * one problem per line to {@value #PROBLEMS} in the working directory; whatever else ends it is the model's doing, once
 * it has printed {@value #READY}.
 */
public final class TrialMain {

    static final String PROBLEMS = "problems";
    static final String READY = "ready";

    /** Names in a model are as long as it likes; events and people want less. */
    private static final int LONGEST = 500;

    private static final int MOST = 50;

    private TrialMain() {}

    public static void main(String[] args) throws IOException, OrtException {
        TrustedPackages.trust();
        Optional<Spaces> declared = args.length > 1 ? Optional.of(spaces(Path.of(args[1]))) : Optional.empty();
        OrtEnvironment runtime = OnnxRuntime.environment();
        System.out.println(READY);
        List<String> problems = problems(runtime, Path.of(args[0]), declared);
        String lines = problems.stream()
                .limit(MOST)
                .map(problem -> line(problem) + "\n")
                .collect(Collectors.joining());
        // What is no text becomes a question mark.
        Files.write(Path.of(PROBLEMS), lines.getBytes(StandardCharsets.UTF_8));
        // Without the end of what native code may still hold.
        Runtime.getRuntime().halt(0);
    }

    private static Spaces spaces(Path job) throws IOException {
        return Spaces.of(TrainingJob.fromByteBuffer(ByteBuffer.wrap(Files.readAllBytes(job))));
    }

    static List<String> problems(OrtEnvironment runtime, Path file, Optional<Spaces> declared) {
        try (LoadedModel model = LoadedModel.load(runtime, file)) {
            if (declared.isEmpty()) {
                return List.of();
            }
            List<String> differences = DeclaredInterface.problems(declared.get(), model);
            return differences.isEmpty() ? run(model, declared.get()) : differences;
        } catch (OrtException e) {
            return List.of("cannot be loaded by ONNX Runtime: " + e.getMessage());
        }
    }

    private static List<String> run(LoadedModel model, Spaces declared) {
        try {
            return DeclaredAnswer.problems(declared.actions(), memorySize(model), ZeroInference.run(model));
        } catch (OrtException e) {
            return List.of("cannot be run by ONNX Runtime: " + e.getMessage());
        }
    }

    private static long memorySize(LoadedModel model) {
        LoadedModel.Tensor memory = model.inputs().get(TensorNames.RECURRENT_IN);
        return memory == null ? 0 : memory.shape().getLast();
    }

    private static String line(String problem) {
        String line = problem.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
