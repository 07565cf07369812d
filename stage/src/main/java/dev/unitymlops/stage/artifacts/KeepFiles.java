package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.ArtifactFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Puts many files into the store side by side: a bucket takes each in its own time. */
public final class KeepFiles {

    /** More of them make one attempt no faster, and memory and connections are those of all attempts of a process. */
    private static final int AT_ONCE = 4;

    private KeepFiles() {}

    /**
     * A file and its place.
     *
     * @param file on a disk; nobody writes to it any more
     */
    public record Kept(Path file, Path stored) {}

    /**
     * Keeps each, and says what they are, in their order.
     *
     * @throws IOException of the first that could not be kept; the others may be there by then
     */
    public static List<ArtifactFile> all(List<Kept> files) throws IOException, InterruptedException {
        List<Callable<ArtifactFile>> tasks = files.stream()
                .<Callable<ArtifactFile>>map(each -> () -> ArtifactFiles.keep(each.file(), each.stored()))
                .toList();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<ArtifactFile> kept = new ArrayList<>();
            for (Future<ArtifactFile> task : threads.invokeAll(tasks)) {
                kept.add(task.get());
            }
            return kept;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        }
    }
}
