package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Makes an environment in its final folder (a virtual environment cannot be moved) and marks it complete last. Whoever comes while
 * another makes it waits and takes that one; what an interrupted maker left behind is removed.
 */
public final class TrainerEnvCreate {
    private final Programs programs;
    private final Clock clock;

    /** @param environment the variables that pip, apt-get and mvn see: proxies and indexes are the machine's own */
    public TrainerEnvCreate(Map<String, String> environment, Clock clock) {
        this.programs = new Programs(environment);
        this.clock = clock;
    }

    /**
     * Does the plan, or waits for another process that does it.
     *
     * @throws TrainerEnvException when a step fails: names the step, the program's last lines, and cause and remedy where they are known
     * @throws InterruptedException when the thread is interrupted; the running child has then been ended
     */
    public TrainerEnv create(TrainerEnvPlan plan, ProgressListener listener) throws InterruptedException {
        var home = plan.folder().resolveSibling("create.lock");
        try {
            Files.createDirectories(home.getParent());
            try (var lock = FolderLock.take(home, () -> listener.waiting(home))) {
                var made = TrainerEnv.complete(plan.folder());
                return made.isPresent() ? made.get() : make(plan, listener);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + plan.folder() + ": " + e.getMessage(), e);
        }
    }

    private TrainerEnv make(TrainerEnvPlan plan, ProgressListener listener) throws IOException, InterruptedException {
        DeleteTree.of(plan.folder());
        var run = new RunStep(programs, plan.folder());
        int number = 0;
        for (var step : plan.steps()) {
            listener.started(step, ++number, plan.steps().size());
            var start = clock.instant();
            run.run(step, line -> listener.output(step, line));
            listener.finished(step, Duration.between(start, clock.instant()));
        }
        var made = TrainerEnv.inside(plan.folder());
        markComplete(made, plan.folder());
        return made;
    }

    private void markComplete(TrainerEnv made, Path folder) throws IOException, InterruptedException {
        var versions = InstalledVersions.of(made, programs);
        var interpreter = folder.resolve("bin/python").toRealPath();
        new Marker(LockFile.sha256(), versions.get("python"), versions.get("torch"), interpreter, clock.instant())
                .write(folder);
    }
}
