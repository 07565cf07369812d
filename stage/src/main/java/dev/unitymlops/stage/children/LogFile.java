package dev.unitymlops.stage.children;

import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A program's log. On a disk it grows as the program writes. Where it cannot grow, as in a bucket, it is written to a
 * temporary file and put to its place at the end. One thread.
 */
final class LogFile extends FilterOutputStream {

    private final Path local;
    private final Path place;

    private LogFile(Path local, Path place, OutputStream out) {
        super(out);
        this.local = local;
        this.place = place;
    }

    static OutputStream open(Path log) throws IOException {
        if (log.getFileSystem().equals(FileSystems.getDefault())) {
            return Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Path local = Files.createTempFile("unity-mlops-", ".log");
        return new LogFile(local, log, Files.newOutputStream(local));
    }

    /** Not byte by byte, as its parent does. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
            ArtifactFiles.keep(local, place);
        } finally {
            Files.deleteIfExists(local);
        }
    }
}
