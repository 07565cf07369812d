package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process's ONNX Runtime. Its native libraries (24 MB) are unpacked, loaded and deleted at once: left to itself it
 * deletes them at the orderly end of the JVM, so each process that is killed or halts would leave a copy behind.
 */
final class OnnxRuntime {

    /** Folder of the native libraries; who sets it has unpacked them already. */
    private static final String LIBRARY_PATH = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static @Nullable OrtEnvironment environment;

    private OnnxRuntime() {}

    /**
     * Loads the libraries at the first call. Nothing else of the library may be used before.
     *
     * @throws IOException when they cannot be unpacked or this system cannot load them
     */
    static synchronized OrtEnvironment environment() throws IOException, OrtException {
        if (environment == null) {
            try {
                environment = System.getProperty(LIBRARY_PATH) == null ? unpackAndLoad() : load();
            } catch (LinkageError e) {
                throw new IOException("this system (" + platform() + ") cannot load ONNX Runtime: " + e, e);
            }
        }
        return environment;
    }

    private static OrtEnvironment load() throws OrtException {
        // What is wrong with a model is told by exceptions; the runtime's own log would repeat it on stderr.
        OrtEnvironment loaded =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "registry-service");
        // On Windows the platform collects events.
        loaded.setTelemetry(false);
        return loaded;
    }

    private static OrtEnvironment unpackAndLoad() throws IOException, OrtException {
        Path folder = Files.createTempDirectory("mlops-onnxruntime");
        try {
            if (unpack(folder)) {
                System.setProperty(LIBRARY_PATH, folder.toString());
            }
            return load();
        } finally {
            System.clearProperty(LIBRARY_PATH);
            delete(folder);
        }
    }

    /** Returns false on a platform that the jar has no libraries for: ONNX Runtime then says so itself. */
    private static boolean unpack(Path folder) throws IOException {
        for (String library : LIBRARIES) {
            String file = System.mapLibraryName(library);
            try (InputStream in =
                    OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + platform() + "/" + file)) {
                if (in == null) {
                    return false;
                }
                Files.copy(in, folder.resolve(file));
            }
        }
        return true;
    }

    /** As the jar names it, such as {@code linux-x64}. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
        String machine = System.getProperty("os.arch");
        return system + "-" + Map.of("amd64", "x64", "x86_64", "x64").getOrDefault(machine, machine);
    }

    /** Windows keeps a loaded library until the process ends: there it goes, and its folder after it, at the end. */
    private static void delete(Path folder) throws IOException {
        List<File> files;
        try (Stream<Path> unpacked = Files.list(folder)) {
            files = Stream.concat(unpacked, Stream.of(folder)).map(Path::toFile).toList();
        }
        List<File> kept = files.stream().filter(file -> !file.delete()).toList();
        // The last one registered is the first one deleted.
        kept.reversed().forEach(File::deleteOnExit);
    }
}
