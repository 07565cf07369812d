package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Written into an environment last: a folder without it is an install that was interrupted.
 *
 * @param interpreter the Python that the environment's own links to; an upgrade of the system may take it away
 */
record Marker(String lockSha256, String python, String torch, Path interpreter, Instant created) {
    private static final String NAME = "mlops-complete.properties";

    static Optional<Marker> read(Path folder) {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var values = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return Optional.of(new Marker(
                values.getProperty("lock.sha256", ""),
                values.getProperty("python", ""),
                values.getProperty("torch", ""),
                Path.of(values.getProperty("interpreter", "")),
                Instant.parse(values.getProperty("created", Instant.EPOCH.toString()))));
    }

    /** What it names is still there and is what this version of the program wants. */
    boolean holds() {
        return lockSha256.equals(LockFile.sha256()) && Files.isExecutable(interpreter);
    }

    void write(Path folder) throws IOException {
        var values = new Properties();
        values.setProperty("lock.sha256", lockSha256);
        values.setProperty("python", python);
        values.setProperty("torch", torch);
        values.setProperty("interpreter", interpreter.toString());
        values.setProperty("created", created.toString());
        var unfinished = folder.resolve(NAME + ".tmp");
        try (var out = Files.newBufferedWriter(unfinished)) {
            values.store(out, null);
        }
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }
}
