package dev.unitymlops.registry.file;

import java.io.IOException;
import java.nio.file.Path;

/** Every change that the registry makes on disk; each has outlived a power cut when it returns. */
interface Disk {

    /** Creates the folder and those above it that are missing. */
    void createFolders(Path folder) throws IOException;

    void copy(Path from, Path to) throws IOException;

    /** Writes a file that nobody reads yet, over what an earlier crash left. */
    void write(Path file, byte[] content) throws IOException;

    /** Gives a file or folder its final name: others see the old one or the whole new one. */
    void rename(Path from, Path to) throws IOException;

    void deleteTree(Path path) throws IOException;
}
