package dev.unitymlops.stage.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes to a small disk until it is full, and says what the worker makes of it; then deletes what it wrote. */
final class FillDisk {
    private static final int MEBIBYTE = 1 << 20;

    private FillDisk() {}

    public static void main(String[] args) throws IOException {
        Path disk = Path.of(args[0]);
        Pauses pauses = new Pauses();
        var watch = new WatchSpace(
                "train",
                MEBIBYTE,
                Map.of("work", disk),
                pauses.pause(),
                FreeSpace::ofFileSystem,
                new SimpleMeterRegistry());
        watch.look();
        System.out.println(pauses.reason());
        Path file = disk.resolve("player");
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[MEBIBYTE]);
            }
        } catch (IOException full) {
            System.out.println(FailureOf.attempt(full).retry());
        }
        watch.look();
        System.out.println(pauses.reason());
        Files.delete(file);
        watch.look();
        System.out.println(pauses.reason());
        watch.close();
    }
}
