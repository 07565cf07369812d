package dev.unitymlops.registry.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.Jobs;
import dev.unitymlops.registry.TestAttempt;
import dev.unitymlops.registry.TestModels;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits flipped by seed: a copy is good or refused, also one that ends the process that loads it. {@code -Dfuzz.copies=N} for more. */
@Timeout(600)
class DamagedModelTest {

    private static final int COPIES = Integer.getInteger("fuzz.copies", 300);
    private static final long MEMORY = 768 << 20;
    private static final TrainingJob JOB = Jobs.continuous();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"continuous", "memory"})
    void everyDamagedCopyIsGoodOrRefused(String name) throws Exception {
        TrustedPackages.trust();
        Path model = TestModels.file(name);
        List<Integer> ended = new ArrayList<>();
        int from = 0;
        while (from < COPIES) {
            List<String> said = new ArrayList<>();
            ChildExit exit = attempt().children().run(command(model, from, said));
            int last = said.stream()
                    .filter(line -> line.startsWith("copy "))
                    .mapToInt(line -> Integer.parseInt(line.substring("copy ".length())))
                    .max()
                    .orElseThrow(() -> new AssertionError(exit));
            if (exit.code() != 0) {
                ended.add(last);
            } else {
                assertThat(said).last().asString().startsWith("refused ");
            }
            from = last + 1;
        }
        for (int number : ended) {
            Path file = Files.write(folder.resolve("ended.onnx"), FuzzMain.damaged(Files.readAllBytes(model), number));
            assertThat(new ModelCheck(1 << 20, Duration.ofMinutes(3), MEMORY)
                            .problems(file, Optional.of(JOB), attempt()))
                    .as("copy " + number)
                    .isNotEmpty();
        }
    }

    @Test
    void copiesDifferByTheirNumberOnly() {
        byte[] model = new byte[1000];

        assertThat(FuzzMain.damaged(model, 1)).isEqualTo(FuzzMain.damaged(model, 1));
        assertThat(FuzzMain.damaged(model, 1)).isNotEqualTo(FuzzMain.damaged(model, 2));
    }

    private ChildCommand command(Path model, int from, List<String> said) throws Exception {
        return new ChildCommand(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ErrorFile=/dev/null",
                        "-XX:-CreateCoredumpOnCrash",
                        "--enable-native-access=ALL-UNNAMED",
                        FuzzMain.class.getName(),
                        model.toAbsolutePath().toString(),
                        String.valueOf(from),
                        String.valueOf(COPIES)),
                Files.createTempDirectory(folder, "fuzz"),
                Map.of("CLASSPATH", System.getProperty("java.class.path")),
                folder.resolve("fuzz.log"),
                said::add,
                Duration.ofMinutes(4),
                MEMORY);
    }

    private TestAttempt attempt() throws Exception {
        return new TestAttempt(JOB, 1, folder, Files.createTempDirectory(folder, "scratch"), new ArrayList<>());
    }
}
