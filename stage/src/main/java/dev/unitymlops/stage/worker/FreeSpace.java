package dev.unitymlops.stage.worker;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much may still be written below a folder. */
@FunctionalInterface
interface FreeSpace {

    /** In bytes; empty where there is no such limit, as in a bucket. The folder need not be there yet. */
    OptionalLong under(Path folder) throws IOException;

    /** As the file system says. */
    static OptionalLong ofFileSystem(Path folder) throws IOException {
        if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
            return OptionalLong.empty();
        }
        Path there = folder.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
    }
}
