package dev.unitymlops.build.unity;

import java.io.IOException;
import java.nio.file.Path;

/** A working copy that this attempt owns until it closes it. */
final class WorkingCopy implements AutoCloseable {

    private final Path project;
    private final Path folder;
    private final CopyLock lock;

    WorkingCopy(Path project, Path folder, CopyLock lock) {
        this.project = project;
        this.folder = folder;
        this.lock = lock;
    }

    Path folder() {
        return folder;
    }

    /** Where the project's digests are remembered, beside the copy. */
    Path digests() {
        return digestsOf(folder);
    }

    static Path digestsOf(Path copy) {
        return copy.resolveSibling(copy.getFileName() + ".digests");
    }

    /** Makes the copy what the project is now; its Library stays. */
    void sync() throws IOException, InterruptedException {
        new ProjectMirror(project, folder).sync();
        new LocalPackages(project).pinIn(folder);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
