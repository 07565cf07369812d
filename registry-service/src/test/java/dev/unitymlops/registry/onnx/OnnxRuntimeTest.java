package dev.unitymlops.registry.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeTest {

    /** Loads ONNX Runtime and ends as a killed process does. */
    static final class LoadAndHaltMain {
        private LoadAndHaltMain() {}

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().halt(OnnxRuntime.environment().getVersion().isEmpty() ? 1 : 42);
        }
    }

    @Test
    void aProcessThatIsKilledLeavesNoLibrariesBehind(@TempDir Path temporary) throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        LoadAndHaltMain.class.getName())
                .inheritIO();
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));

        assertThat(java.start().waitFor()).isEqualTo(42);
        // An empty folder of ONNX Runtime's own stays.
        assertThat(temporary).isDirectoryNotContaining(OnnxRuntimeTest::hasContent);
    }

    /**
     * From 1.29.0 on, the official builds for Linux and macOS send events to Microsoft unless the environment says
     * {@code ORT_DISABLE_TELEMETRY} (Privacy.md in the jar), which a JVM cannot set for itself; and 1.29.0 ends a JVM
     * with a long command line by a stack overflow while it gathers them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"linux-x64/libonnxruntime.so", "linux-aarch64/libonnxruntime.so"})
    void itsLibrariesHaveNoUploader(String library) throws Exception {
        try (InputStream in = OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + library)) {
            assertThat(in).as(library).isNotNull();
            String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(bytes.contains("ORT_DISABLE_TELEMETRY"))
                    .as("telemetry in " + library)
                    .isFalse();
        }
    }

    private static boolean hasContent(Path path) {
        String[] children = path.toFile().list();
        return children == null || children.length > 0;
    }
}
