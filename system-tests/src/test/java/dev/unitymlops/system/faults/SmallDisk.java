package dev.unitymlops.system.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system of a few megabytes, so that it may be full without harm. Only root may mount one. */
final class SmallDisk implements AutoCloseable {
    private static final int MEGABYTES = 64;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one there; empty where that is not allowed. */
    static Optional<SmallDisk> mount(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> mount =
                List.of("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString());
        if (run(mount) != 0) {
            return Optional.empty();
        }
        SmallDisk disk = new SmallDisk(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(disk::unmount));
        return Optional.of(disk);
    }

    Path folder() {
        return folder;
    }

    /** Takes all space that is left. */
    void fill() throws IOException {
        byte[] block = new byte[65_536];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(block, 0, (int) Math.min(block.length, folder.toFile().getUsableSpace()));
            }
        }
    }

    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve(".filler");
    }

    private void unmount() {
        try {
            int unused = run(List.of("umount", "-l", folder.toString()));
        } catch (IOException | InterruptedException e) {
            System.err.println("The file system at " + folder + " is still mounted: " + e);
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        unmount();
    }
}
