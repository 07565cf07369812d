package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a listener is told, in order. */
final class RecordedProgress implements ProgressListener {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void waiting(Path lock) {
        events.add("waiting");
    }

    @Override
    public void started(Step step, int number, int of) {
        events.add(number + "/" + of + " " + step.getClass().getSimpleName());
    }

    @Override
    public void output(Step step, String line) {
        events.add("  " + line);
    }

    @Override
    public void finished(Step step, Duration took) {
        events.add("done");
    }
}
