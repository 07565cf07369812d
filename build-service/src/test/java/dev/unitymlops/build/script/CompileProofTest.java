package dev.unitymlops.build.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden scripts and the editor build method compile with mcs against our signatures of Unity and ML-Agents. */
class CompileProofTest {

    private static final Path SIGNATURES = Path.of("src/test/csharp");
    private static final Path SOURCES = Path.of("src/main/resources/dev/unitymlops/build/unity");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"", "ENABLE_LEGACY_INPUT_MANAGER"})
    void everythingThatUnityCompilesCompiles(String defined) throws Exception {
        List<Path> sources = new ArrayList<>(scripts(SIGNATURES));
        sources.addAll(scripts(SOURCES));
        sources.addAll(ownNamespaces(scripts(GOLDEN)));

        assertThat(compile(defined, sources)).isEmpty();
    }

    @Test
    void theProofFailsOnAScriptThatCallsWhatIsNotThere() throws Exception {
        Path wrong = Files.writeString(root.resolve("Wrong.cs"), """
                public class Wrong : Unity.MLAgents.Agent
                {
                    public override void OnEpisodeBegin() { RequestNothing(); }
                }
                """);
        List<Path> sources = new ArrayList<>(scripts(SIGNATURES));
        sources.add(wrong);

        assertThat(compile("", sources)).anyMatch(line -> line.contains("error CS0103"));
    }

    /** All golden classes have one name, so each is compiled in a namespace of its own. */
    private List<Path> ownNamespaces(List<Path> goldens) throws IOException {
        List<Path> wrapped = new ArrayList<>();
        for (Path golden : goldens) {
            String name = golden.getFileName().toString();
            String space = "golden_" + name.substring(0, name.indexOf('.'));
            wrapped.add(Files.writeString(
                    root.resolve(name), "namespace " + space + " {\n" + Files.readString(golden) + "}\n"));
        }
        return wrapped;
    }

    /** Errors and warnings of the compiler. */
    private List<String> compile(String defined, List<Path> sources) throws Exception {
        assumeTrue(onPath("mcs"), "skipped: mcs is not on the PATH (Debian: apt-get install mono-mcs)");
        List<String> command = new ArrayList<>(
                List.of("mcs", "-target:library", "-langversion:7.2", "-out:" + root.resolve("proof.dll")));
        if (!defined.isEmpty()) {
            command.add("-define:" + defined);
        }
        sources.forEach(source -> command.add(source.toString()));
        Process mcs = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = mcs.inputReader().lines().toList();
        boolean failed = mcs.waitFor() != 0;
        return lines.stream()
                .filter(line -> failed || line.contains("error CS") || line.contains("warning CS"))
                .toList();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".cs"))
                    .sorted()
                    .toList();
        }
    }
}
