package dev.unitymlops.train.mlagents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;

/** Ports next to each other that no other training on this host uses, until it is closed. */
final class PortRange implements AutoCloseable {

    private final int first;
    private final List<Block> blocks;

    /** A locked lock file; the file itself stays, for the next who wants it. */
    record Block(Path file, FileLock lock) {}

    PortRange(int first, List<Block> blocks) {
        this.first = first;
        this.blocks = List.copyOf(blocks);
    }

    /** The lowest of the ports. */
    int first() {
        return first;
    }

    @Override
    public void close() {
        blocks.forEach(PortRange::release);
    }

    static void release(Block block) {
        try {
            block.lock().acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + block.file(), e);
        } finally {
            PortRanges.HELD_HERE.remove(block.file());
        }
    }
}
