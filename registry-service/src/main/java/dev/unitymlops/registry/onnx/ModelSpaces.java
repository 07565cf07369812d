package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a model observes and decides, as the file itself says.
 *
 * @param observations shape of each {@code obs_n} without the batch, from 0 on
 * @param continuous how many continuous actions
 * @param discreteBranches choices of each discrete action
 * @param memory size of its memory; 0: none
 */
public record ModelSpaces(List<List<Long>> observations, int continuous, List<Integer> discreteBranches, int memory) {

    private static final String OBSERVATION = "obs_";

    public ModelSpaces {
        observations = List.copyOf(observations);
        discreteBranches = List.copyOf(discreteBranches);
    }

    /**
     * Runs a model once, which was checked when it was registered.
     *
     * @throws IOException when it cannot be loaded or run, saying why
     */
    public static ModelSpaces read(Path file) throws IOException {
        try (LoadedModel model = LoadedModel.load(OnnxRuntime.environment(), file)) {
            Map<String, double[]> answer = ZeroInference.run(model);
            return new ModelSpaces(
                    observations(model),
                    whole(answer, TensorNames.CONTINUOUS_ACTION_OUTPUT_SHAPE).stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                    whole(answer, TensorNames.DISCRETE_ACTION_OUTPUT_SHAPE),
                    whole(answer, TensorNames.MEMORY_SIZE).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime cannot run " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** In the order of their numbers; one that the graph does not use is absent. */
    private static List<List<Long>> observations(LoadedModel model) {
        return model.inputs().entrySet().stream()
                .filter(input -> input.getKey().matches(OBSERVATION + "\\d{1,4}"))
                .sorted((one, other) -> Integer.compare(number(one.getKey()), number(other.getKey())))
                .map(input -> input.getValue().shape())
                .map(shape -> shape.subList(Math.min(1, shape.size()), shape.size()))
                .toList();
    }

    private static int number(String input) {
        return Integer.parseInt(input.substring(OBSERVATION.length()));
    }

    private static List<Integer> whole(Map<String, double[]> answer, String output) {
        return Arrays.stream(answer.getOrDefault(output, new double[0]))
                .mapToObj(value -> (int) value)
                .toList();
    }
}
