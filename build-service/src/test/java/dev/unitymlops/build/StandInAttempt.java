package dev.unitymlops.build;

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

/** An attempt whose folders lie below one temporary folder. */
public record StandInAttempt(
        TrainingJob job, Path folder, Path scratch, Children children, List<String> phases, List<String> messages)
        implements Attempt {

    public static StandInAttempt of(TrainingJob job, Path root, Children children) throws IOException {
        return new StandInAttempt(
                job,
                Files.createDirectories(root.resolve("artifacts/job-1/run-1/build/attempt-1")),
                Files.createDirectories(root.resolve("scratch")),
                children,
                new ArrayList<>(),
                new ArrayList<>());
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
    public int number() {
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
        return Instant.EPOCH;
    }

    @Override
    public List<Path> earlier() {
        return List.of();
    }

    @Override
    public Progress progress() {
        return update -> {
            phases.add(update.phase());
            if (update.message() != null) {
                messages.add(update.message());
            }
        };
    }
}
