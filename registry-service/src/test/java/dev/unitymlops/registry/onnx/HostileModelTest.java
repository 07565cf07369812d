package dev.unitymlops.registry.onnx;

import static dev.unitymlops.registry.onnx.OnnxBytes.FLOAT;
import static dev.unitymlops.registry.onnx.OnnxBytes.INT64;
import static dev.unitymlops.registry.onnx.OnnxBytes.claiming;
import static dev.unitymlops.registry.onnx.OnnxBytes.field;
import static dev.unitymlops.registry.onnx.OnnxBytes.initializer;
import static dev.unitymlops.registry.onnx.OnnxBytes.int64s;
import static dev.unitymlops.registry.onnx.OnnxBytes.join;
import static dev.unitymlops.registry.onnx.OnnxBytes.model;
import static dev.unitymlops.registry.onnx.OnnxBytes.node;
import static dev.unitymlops.registry.onnx.OnnxBytes.output;
import static dev.unitymlops.registry.onnx.OnnxBytes.subgraph;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.Jobs;
import dev.unitymlops.registry.TestAttempt;
import dev.unitymlops.registry.TestModels;
import dev.unitymlops.schemas.TrustedPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to hurt who loads them: each is refused with its reason, in half a gibibyte and 30 seconds. */
@Timeout(300)
class HostileModelTest {

    private static final ModelCheck CHECK = new ModelCheck(64 << 20, Duration.ofMinutes(3), 512 << 20);
    private static final String TOO_MUCH = "needs more memory than registry.check-memory allows (536870912 bytes)";

    private static final TrainingJob JOB = Jobs.continuous();

    @TempDir
    Path folder;

    @BeforeAll
    static void trustAvroClasses() {
        TrustedPackages.trust();
    }

    @Test
    void aFileThatWasCutIsRefusedWhereverItWas() throws Exception {
        byte[] whole = Files.readAllBytes(TestModels.file("continuous"));

        for (int part = 0; part < 64; part++) {
            assertThat(problem(Arrays.copyOf(whole, whole.length * part / 64)))
                    .as("the first " + part + "/64")
                    .startsWith("is not ");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', is not an ONNX model: it has no graph", "hello world, is not a whole ONNX model:"})
    void whatIsNoModelIsRefused(String content, String problem) throws Exception {
        assertThat(problem(content.getBytes(StandardCharsets.UTF_8))).startsWith(problem);
    }

    @Test
    void aGraphOfUnknownOperatorsIsRefusedByTheRuntime() throws Exception {
        assertThat(problem(model(node("Nonsense", "", "y"), output("y", FLOAT))))
                .startsWith("cannot be loaded by ONNX Runtime: ")
                .contains("Nonsense");
    }

    @Test
    void deepNestingEndsInAMessage() throws Exception {
        var inner = ByteString.EMPTY;
        int[] fields = {6, 5, 1};
        for (int level = 0; level < 4998; level++) {
            inner = field(fields[level % 3], inner);
        }

        assertThat(problem(field(7, inner).toByteArray())).contains("nested more than 64 deep");
    }

    /** As deep as our own walk allows. */
    @Test
    void branchesInBranchesAreRefused() throws Exception {
        ByteString inner = node("Identity", "x", "y");
        for (int level = 0; level < 20; level++) {
            inner = node("If", "c", "y" + level, subgraph("then_branch", inner));
        }

        assertThat(problem(model(inner, output("y19", FLOAT)))).startsWith("cannot be loaded by ONNX Runtime: ");
    }

    /** Each of the fifteen holds the one before twice. */
    @Test
    void thousandsOfNestedBranchesAreRefused() throws Exception {
        ByteString inner = node("Identity", "x", "y");
        for (int level = 0; level < 15; level++) {
            inner = node("If", "c", "y", subgraph("then_branch", inner), subgraph("else_branch", inner));
        }

        assertThat(problem(model(inner, output("y", FLOAT))))
                .matches("(cannot be loaded by ONNX Runtime: |needs more memory ).*");
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 20, 14})
    void aLengthOfTwoGigabytesThatIsNotThereIsRefused(int field) throws Exception {
        byte[] claims = claiming(field, Integer.MAX_VALUE, field(2, "g")).toByteArray();

        assertThat(problem(claims)).startsWith("is not a whole ONNX model: ");
    }

    @Test
    void aNameOfTwoGigabytesThatIsNotThereIsRefused() throws Exception {
        assertThat(problem(model(claiming(2, Integer.MAX_VALUE, ByteString.EMPTY))))
                .startsWith("is not a whole ONNX model: ");
    }

    @Test
    void aNameOfMegabytesIsNotRepeatedInTheMessage() throws Exception {
        assertThat(problem(model(node("N".repeat(8 << 20), "", "y"), output("y", FLOAT))))
                .startsWith("cannot be loaded by ONNX Runtime: ")
                .hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1L << 40, -1, Long.MIN_VALUE})
    void anInitializerOfAbsurdDimensionsIsRefused(long dimension) throws Exception {
        ByteString weights = initializer("w", FLOAT, field(9, "\0\0\0\0"), dimension, 8);

        assertThat(problem(model(weights, node("Identity", "w", "y"), output("y", FLOAT))))
                .startsWith("cannot be loaded by ONNX Runtime: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../secret", "*/_ORT_MEM_ADDR_/*"})
    void externalDataIsRefusedWhereverItIsSaidToBe(String location) throws Exception {
        ByteString external = join(field(14, 1), field(13, join(field(1, "location"), field(2, location))));
        ByteString weights = initializer("w", FLOAT, external, 1);

        assertThat(problem(model(weights, node("Identity", "w", "y"), output("y", FLOAT))))
                .startsWith("keeps tensors in other files");
    }

    @Test
    void aFunctionThatCallsItselfIsRefused() throws Exception {
        ByteString function = field(
                25,
                join(
                        field(1, "F"),
                        field(4, "x"),
                        field(5, "y"),
                        field(7, join(field(1, "x"), field(2, "y"), field(4, "F"), field(7, "own"))),
                        field(9, field(2, 9)),
                        field(10, "own")));
        ByteString call = field(1, join(field(1, "x"), field(2, "y"), field(4, "F"), field(7, "own")));
        byte[] model = join(
                        field(1, 8),
                        field(8, field(2, 9)),
                        field(8, join(field(1, "own"), field(2, 1))),
                        function,
                        field(
                                7,
                                join(
                                        field(2, "g"),
                                        initializer("x", FLOAT, field(9, "\0\0\0\0"), 1),
                                        call,
                                        output("y", FLOAT))))
                .toByteArray();

        assertThat(problem(model)).matches("(cannot be loaded by ONNX Runtime: |made ONNX Runtime crash).*");
    }

    /** A few hundred bytes that ask for eight terabytes; then for eight gigabytes, which this machine may have. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 41, 1L << 31})
    void aHugeTensorOutOfASmallFileIsRefused(long size) throws Exception {
        assertThat(problem(bombed(size), Optional.of(JOB))).isEqualTo(TOO_MUCH);
    }

    @Test
    void aTensorWithinTheLimitIsNot() throws Exception {
        assertThat(problems(bombed(1 << 20), Optional.of(JOB))).isEmpty();
    }

    /** It becomes a dense one when it is loaded. */
    @Test
    void aHugeSparseTensorIsRefused() throws Exception {
        ByteString values = field(1, join(field(1, 1), field(2, FLOAT), field(8, "w"), field(9, "\0\0\0\0")));
        ByteString indices = field(2, join(field(1, 1), field(2, INT64), int64s(0)));
        ByteString sparse = field(15, join(values, indices, field(3, 1L << 31)));

        assertThat(problem(model(sparse, node("Identity", "w", "y"), output("y", FLOAT))))
                .isEqualTo(TOO_MUCH);
    }

    /** A good model with one output more: what is appended to a protocol buffer is merged into it. */
    private static byte[] bombed(long size) throws IOException {
        ByteString bomb = join(
                initializer("size", INT64, int64s(size), 1),
                node("ConstantOfShape", "size", "bomb"),
                output("bomb", FLOAT));
        return ByteString.copyFrom(Files.readAllBytes(TestModels.file("continuous")))
                .concat(field(7, bomb))
                .toByteArray();
    }

    private String problem(byte[] model) throws Exception {
        return problem(model, Optional.empty());
    }

    private String problem(byte[] model, Optional<TrainingJob> declared) throws Exception {
        List<String> problems = problems(model, declared);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private List<String> problems(byte[] model, Optional<TrainingJob> declared) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), model);
        Path scratch = Files.createTempDirectory(folder, "scratch");
        return CHECK.problems(file, declared, new TestAttempt(JOB, 1, folder, scratch, new ArrayList<>()));
    }
}
