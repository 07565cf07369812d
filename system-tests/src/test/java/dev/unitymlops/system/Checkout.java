package dev.unitymlops.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the working copy that these tests are part of. */
public final class Checkout {
    private Checkout() {}

    /** The folder of the parent pom. Maven runs tests in their module's folder, an IDE perhaps in the root's. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("mvnw")) && Files.isDirectory(folder.resolve("system-tests"))) {
                return folder;
            }
        }
        throw new IllegalStateException("Neither " + here + " nor a folder above it holds mvnw and system-tests");
    }

    /**
     * A file that must be there.
     *
     * @param path relative to the root, such as {@code examples/reach-target.yaml}
     */
    public static Path file(String path) {
        Path file = root().resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException("There is no " + file);
        }
        return file;
    }
}
