package dev.unitymlops.stage.worker;

import dev.unitymlops.stage.folders.ForgottenFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where attempts have their scratch folders, with players that were fetched for them. */
public final class ScratchFolders {
    static final String PREFIX = "attempt-";

    private ScratchFolders() {}

    static Path place(Path workDir) {
        return workDir.resolve("scratch");
    }

    /** Those of attempts whose process was killed. */
    public static List<Path> forgotten(Path workDir) throws IOException {
        return ForgottenFolders.in(place(workDir), PREFIX);
    }
}
