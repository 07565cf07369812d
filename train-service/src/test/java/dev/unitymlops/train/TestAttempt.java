package dev.unitymlops.train;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.children.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An attempt of run 1 in a store of its own; what it reports is kept in {@link #told()}. */
public record TestAttempt(
        TrainingJob job, int number, Path store, Path scratch, Children children, List<Progress.Update> told)
        implements Attempt {

    public static TestAttempt of(TrainingJob job, int number, Path home, Children children) throws IOException {
        Path scratch = Files.createTempDirectory(home, "scratch");
        var attempt = new TestAttempt(
                job, number, home.resolve("artifacts"), scratch, children, new CopyOnWriteArrayList<>());
        Files.createDirectories(attempt.folder());
        return attempt;
    }

    @Override
    public Standing standing() {
        return Standing.HELD;
    }

    @Override
    public int run() {
        return 1;
    }

    @Override
    public String contentHash() {
        return "0".repeat(64);
    }

    @Override
    public int slot() {
        return 0;
    }

    @Override
    public Instant startedAt() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    @Override
    public Path folder() {
        return folder(number);
    }

    @Override
    public List<Path> earlier() {
        List<Path> earlier = new ArrayList<>();
        for (int attempt = number - 1; attempt > 0; attempt--) {
            earlier.add(folder(attempt));
        }
        return earlier;
    }

    @Override
    public Progress progress() {
        return told::add;
    }

    private Path folder(int attempt) {
        return store.resolve(job.getJobId()).resolve("run-1/train/attempt-" + attempt);
    }
}
