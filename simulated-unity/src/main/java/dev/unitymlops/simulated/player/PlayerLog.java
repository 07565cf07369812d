package dev.unitymlops.simulated.player;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file that {@code -logFile} names: a constant sentence and key=value pairs per line, each flushed. Thread-safe. */
final class PlayerLog implements AutoCloseable {

    private final PrintStream out;
    private final boolean ours;

    private PlayerLog(PrintStream out, boolean ours) {
        this.out = out;
        this.ours = ours;
    }

    /** @param file null: standard output */
    static PlayerLog open(@Nullable Path file) throws IOException {
        if (file == null) {
            return new PlayerLog(System.out, false);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return new PlayerLog(new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8), true);
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void fail(String line, Throwable cause) {
        out.println(line);
        cause.printStackTrace(out);
        out.flush();
    }

    @Override
    public void close() {
        if (ours) {
            out.close();
        }
    }
}
