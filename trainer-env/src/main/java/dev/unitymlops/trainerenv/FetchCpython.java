package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Fetches the whole CPython that Maven Central holds in a jar, and unpacks it; an earlier one is kept. */
final class FetchCpython {
    private static final String INSIDE_JAR = "org/bytedeco/cpython/linux-x86_64/";
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";

    private final Programs programs;
    private final Step.FetchPython step;

    FetchCpython(Programs programs, Step.FetchPython step) {
        this.programs = programs;
        this.step = step;
    }

    void run(Consumer<String> output) throws IOException, InterruptedException {
        if (Files.isExecutable(step.python())) {
            output.accept("already there");
            return;
        }
        // ours alone: who makes environments holds the lock
        var scratch = step.to().resolveSibling("cpython.unfinished");
        DeleteTree.of(scratch);
        Files.createDirectories(scratch);
        try {
            RunStep.check(step, programs.run(copyWithMaven(scratch), scratch, Duration.ofMinutes(30), output));
            var unpacked = scratch.resolve("cpython");
            unpack(onlyJar(scratch), unpacked);
            Files.move(unpacked, step.to(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            DeleteTree.of(scratch);
        }
    }

    /** {@code -C}: a wrong checksum is an error. */
    private List<String> copyWithMaven(Path scratch) {
        return List.of(
                step.mvn().toString(),
                "-B",
                "-ntp",
                "-C",
                COPY,
                "-Dartifact=" + Step.FetchPython.ARTIFACT,
                "-DoutputDirectory=" + scratch);
    }

    private static Path onlyJar(Path scratch) throws IOException {
        try (var jars = Files.newDirectoryStream(scratch, "*.jar")) {
            for (var jar : jars) {
                return jar;
            }
        }
        throw new TrainerEnvException("mvn ended without an error and without " + Step.FetchPython.ARTIFACT);
    }

    /** The jar holds no file modes. */
    static void unpack(Path jar, Path to) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                if (entry.getName().startsWith(INSIDE_JAR) && !entry.isDirectory()) {
                    copy(zip, entry, to);
                }
            }
        }
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path to) throws IOException {
        var inside = Path.of(entry.getName().substring(INSIDE_JAR.length())).normalize();
        if (inside.isAbsolute() || inside.startsWith("..")) {
            throw new TrainerEnvException("the Python archive names a file outside its folder: " + entry.getName());
        }
        var file = to.resolve(inside);
        Files.createDirectories(file.getParent());
        try (var in = zip.getInputStream(entry)) {
            Files.copy(in, file);
        }
        if (inside.startsWith("bin") && !file.toFile().setExecutable(true)) {
            throw new TrainerEnvException("cannot make " + file + " executable; is its file system mounted noexec?");
        }
    }
}
