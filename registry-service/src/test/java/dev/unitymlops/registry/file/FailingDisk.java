package dev.unitymlops.registry.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a process that is killed: one change is made half or not at all, and none after it. */
final class FailingDisk implements Disk {

    /** The process is gone. */
    static final class Killed extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Disk real = new SyncedDisk();
    private int changesLeft;
    private boolean killed;

    /** @param changes how many are made before the kill */
    FailingDisk(int changes) {
        this.changesLeft = changes;
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        change();
        real.createFolders(folder);
    }

    @Override
    public void copy(Path from, Path to) throws IOException {
        if (isLast()) {
            Files.writeString(to, "half a mod");
        }
        change();
        real.copy(from, to);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (isLast()) {
            Files.writeString(file, "{ \"half");
        }
        change();
        real.write(file, content);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change();
        real.rename(from, to);
    }

    @Override
    public void deleteTree(Path path) throws IOException {
        change();
        real.deleteTree(path);
    }

    private boolean isLast() {
        return !killed && changesLeft == 0;
    }

    private void change() throws Killed {
        killed |= changesLeft == 0;
        if (killed) {
            throw new Killed();
        }
        changesLeft--;
    }
}
