package dev.unitymlops.cli.gc;

import dev.unitymlops.cli.gc.Candidate.Kind;
import dev.unitymlops.cli.gc.Candidate.Worth;
import dev.unitymlops.stage.folders.FolderUse;
import dev.unitymlops.stage.folders.RemoveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Folders that were being deleted when their process was killed. */
final class Leftovers {

    private Leftovers() {}

    static Candidate candidate(Path folder) throws IOException {
        return new Candidate(Kind.TEMPORARY, folder, FolderUse.of(folder), null, Worth.NOTHING, () -> {
            RemoveFolder.leftover(folder);
            return Optional.empty();
        });
    }
}
