package dev.unitymlops.registry;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.children.Children;
import dev.unitymlops.stage.children.SupervisedChildren;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An attempt of run 1; what it reports is kept in {@link #told()}. */
public record TestAttempt(TrainingJob job, int number, Path folder, Path scratch, List<Progress.Update> told)
        implements Attempt {

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
        return "c".repeat(64);
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
    public List<Path> earlier() {
        return List.of();
    }

    @Override
    public Progress progress() {
        return told::add;
    }

    @Override
    public Children children() {
        return new SupervisedChildren(() -> Duration.ofSeconds(1));
    }
}
