package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rule for symbolic links: they lead to something that exists in the same folder. */
final class Symlinks {

    private Symlinks() {}

    /**
     * @param real real path of the folder
     * @throws IOException when the link is absolute, leads out of the folder, to nothing or in a circle
     */
    static void requireInside(Path link, Path real) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (target.isAbsolute() || !leadsInto(link, real)) {
            throw new IOException("symbolic link " + link + " does not lead to something in the same folder, but to "
                    + target + ": put what it leads to in its place");
        }
    }

    private static boolean leadsInto(Path link, Path real) {
        try {
            return link.toRealPath().startsWith(real);
        } catch (IOException nothingThere) {
            return false;
        }
    }
}
