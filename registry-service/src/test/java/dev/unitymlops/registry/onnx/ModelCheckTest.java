package dev.unitymlops.registry.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.registry.Jobs;
import dev.unitymlops.registry.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCheckTest {

    private static final String DISCRETE = "{\"type\": \"discrete\", \"branches\": [3, 2]}";
    private static final String HYBRID = "{\"type\": \"hybrid\", \"continuous\": 2, \"discrete\": [3, 2]}";

    private final ModelCheck check = new ModelCheck(1 << 20, Duration.ofSeconds(30));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "sac"})
    void continuousActionsOfBothTrainersPass(String model) throws Exception {
        assertThat(problems(model, Jobs.TWO_CONTINUOUS)).isEmpty();
    }

    @Test
    void discreteActionsPass() throws Exception {
        assertThat(problems("discrete", DISCRETE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hybrid", "memory"})
    void hybridActionsPassWithAndWithoutMemory(String model) throws Exception {
        assertThat(problems(model, HYBRID)).isEmpty();
    }

    @Test
    void sensorsAreComparedInTheOrderOfTheirNames() throws Exception {
        String grid = "{\"position\": 2, \"velocity\": 2,"
                + " \"grid\": {\"type\": \"grid\", \"cells\": [5, 5], \"tags\": [\"wall\", \"food\"]}}";

        assertThat(check.problems(TestModels.file("grid"), spaces(grid, Jobs.TWO_CONTINUOUS)))
                .isEmpty();
    }

    @Test
    void everyDifferenceBetweenShapesIsTold() throws Exception {
        String other = "{\"position\": 3, \"seen\": {\"type\": \"raycast\", \"rays\": 3, \"tags\": [\"wall\"]}}";

        assertThat(check.problems(TestModels.file("memory"), spaces(other, Jobs.TWO_CONTINUOUS)))
                .containsExactly(
                        "input obs_0 has shape [?, 4]; the job declares [?, 9]",
                        "has no input obs_1; the job declares it with shape [?, 3]",
                        "has an input action_masks [?, 5] that the job does not declare",
                        "has an output discrete_actions, but the job declares no discrete actions");
    }

    @Test
    void actionsThatTheModelLacksAreTold() throws Exception {
        assertThat(problems("continuous", DISCRETE))
                .containsExactly(
                        "has no input action_masks; the job declares it with shape [?, 5]",
                        "has an output continuous_actions, but the job declares no continuous actions",
                        "has no output discrete_actions: the job declares discrete actions",
                        "has no output discrete_action_output_shape: the job declares discrete actions");
    }

    @Test
    void otherNumbersOfActionsAreSeenInTheAnswer() throws Exception {
        assertThat(problems("continuous", "{\"type\": \"continuous\", \"size\": 3}"))
                .containsExactly(
                        "continuous_action_output_shape is [2]; the job declares [3]",
                        "continuous_actions has 2 values for one agent; the job declares 3",
                        "deterministic_continuous_actions has 2 values for one agent; the job declares 3");
        assertThat(problems("discrete", "{\"type\": \"discrete\", \"branches\": [2, 3]}"))
                .contains("discrete_action_output_shape is [3, 2]; the job declares [2, 3]");
    }

    @Test
    void aBatchOfOneOnlyIsRefused() throws Exception {
        assertThat(problems("fixed-batch", Jobs.TWO_CONTINUOUS))
                .containsExactly("input obs_0 has shape [1, 4]; the job declares [?, 4]: the batch must be open");
    }

    @Test
    void anotherVersionOfModelsIsRefused() throws Exception {
        assertThat(problems("old-version", Jobs.TWO_CONTINUOUS))
                .containsExactly("version_number is [1]; Unity's ML-Agents runs 2 to 3");
    }

    @Test
    void aDivergedTrainingIsSeenInTheAnswer() throws Exception {
        assertThat(problems("diverged", Jobs.TWO_CONTINUOUS))
                .contains("answers zero observations with [NaN, NaN] in deterministic_continuous_actions:"
                        + " the training diverged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"external", "external-outside", "external-subgraph"})
    void tensorsInOtherFilesAreRefusedWhereverTheyAre(String model) throws Exception {
        assertThat(check.problems(TestModels.file(model), Optional.empty()))
                .singleElement()
                .asString()
                .startsWith("keeps tensors in other files");
    }

    @Test
    void aModelThatNeverAnswersIsStopped() throws Exception {
        ModelCheck hasty = new ModelCheck(1 << 20, Duration.ofSeconds(1));

        assertThat(hasty.problems(TestModels.file("endless"), spaces(Jobs.FOUR_NUMBERS, Jobs.TWO_CONTINUOUS)))
                .containsExactly("gave no answer within 1 s (registry.check-timeout)");
        for (Thread thread : checkThreads()) {
            thread.join(Duration.ofSeconds(20));
        }
        assertThat(checkThreads()).as("threads still in native code").isEmpty();
    }

    @Test
    @Timeout(20)
    void anInterruptedCheckEndsAtOnce() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() ->
                        check.problems(TestModels.file("endless"), spaces(Jobs.FOUR_NUMBERS, Jobs.TWO_CONTINUOUS)))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aTruncatedModelIsRefusedWhereverItIsCut() throws Exception {
        byte[] whole = Files.readAllBytes(TestModels.file("continuous"));

        for (int length = 1; length < whole.length; length += 97) {
            assertThat(check.problems(file(Arrays.copyOf(whole, length)), Optional.empty()))
                    .as("first " + length + " bytes")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', is not an ONNX model: it has no graph", "hello world, is not a whole ONNX model:"})
    void whatIsNoModelIsRefused(String content, String problem) throws Exception {
        assertThat(check.problems(file(content.getBytes(StandardCharsets.UTF_8)), Optional.empty()))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void aGraphOfUnknownOperatorsIsRefusedByTheRuntime() throws Exception {
        // ModelProto{ir_version: 4, graph: {node: {op_type: "Nonsense"}}}
        byte[] model = {8, 4, 58, 12, 10, 10, 34, 8, 'N', 'o', 'n', 's', 'e', 'n', 's', 'e'};

        assertThat(check.problems(file(model), Optional.empty()))
                .singleElement()
                .asString()
                .startsWith("cannot be loaded by ONNX Runtime: ");
    }

    @Test
    void deepNestingEndsInAMessage() throws Exception {
        assertThat(check.problems(file(nested(4998)), Optional.empty()))
                .singleElement()
                .asString()
                .contains("nested more than 64 deep");
    }

    @Test
    void aLargeFileIsNotOpened() throws Exception {
        ModelCheck small = new ModelCheck(1000, Duration.ofSeconds(1));

        assertThat(small.problems(TestModels.file("continuous"), Optional.empty()))
                .containsExactly("is of 4537 bytes, more than registry.max-model-bytes allows (1000)");
    }

    private List<String> problems(String model, String actions) throws IOException, InterruptedException {
        return check.problems(TestModels.file(model), spaces(Jobs.FOUR_NUMBERS, actions));
    }

    private static Optional<Spaces> spaces(String observations, String actions) {
        return Optional.of(Spaces.of(Jobs.of(observations, actions)));
    }

    private static List<Thread> checkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("model-check"))
                .toList();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("model.onnx"), content);
    }

    /** A graph in an attribute of a node of a graph, and so on. */
    private static byte[] nested(int depth) {
        var inner = ByteString.EMPTY;
        int[] fields = {6, 5, 1};
        for (int level = 0; level < depth; level++) {
            inner = field(fields[level % 3], inner);
        }
        return field(7, inner).toByteArray();
    }

    private static ByteString field(int number, ByteString content) {
        var out = ByteString.newOutput();
        var coded = CodedOutputStream.newInstance(out);
        try {
            coded.writeBytes(number, content);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteString();
    }
}
