package dev.unitymlops.cli.gc;

import dev.unitymlops.build.unity.WorkingCopies;
import dev.unitymlops.cli.gc.Candidate.Kind;
import dev.unitymlops.cli.gc.Candidate.Worth;
import dev.unitymlops.cli.platform.RunFolders;
import dev.unitymlops.stage.folders.FolderUse;
import dev.unitymlops.stage.folders.ForgottenFolders;
import dev.unitymlops.stage.worker.ScratchFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders of this machine that may have to go: copies of Unity projects, and what killed processes have left. */
final class FindCaches {

    private FindCaches() {}

    /** @param workDir the services' {@code work.dir} */
    static List<Candidate> in(Path workDir) throws IOException {
        List<Candidate> found = new ArrayList<>();
        WorkingCopies copies = WorkingCopies.in(workDir);
        for (Path copy : copies.all()) {
            found.add(copy(copies, copy));
        }
        for (Path leftover : copies.leftovers()) {
            found.add(Leftovers.candidate(leftover));
        }
        for (Path forgotten : ScratchFolders.forgotten(workDir)) {
            found.add(forgotten(forgotten));
        }
        for (Path forgotten : RunFolders.forgotten()) {
            found.add(forgotten(forgotten));
        }
        return found;
    }

    private static Candidate copy(WorkingCopies copies, Path copy) throws IOException {
        FolderUse measured = FolderUse.of(copy);
        FolderUse use = new FolderUse(measured.bytes(), copies.takenAt(copy));
        return new Candidate(
                Kind.WORKING_COPY,
                copy,
                use,
                null,
                Worth.UNTIL_FULL,
                () -> copies.remove(copy, use.lastUsed())
                        ? Optional.empty()
                        : Optional.of("a build or a Unity is in it, or was just now"));
    }

    private static Candidate forgotten(Path folder) throws IOException {
        return new Candidate(
                Kind.TEMPORARY,
                folder,
                FolderUse.of(folder),
                null,
                Worth.NOTHING,
                () -> ForgottenFolders.delete(folder)
                        ? Optional.empty()
                        : Optional.of("another process is deleting it"));
    }
}
