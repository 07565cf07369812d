package dev.unitymlops.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** The text of a property in a pom. */
    public static String property(String pom, String name) {
        Matcher property =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(read(file(pom)));
        if (!property.find()) {
            throw new IllegalStateException(pom + " has no property " + name);
        }
        return property.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
