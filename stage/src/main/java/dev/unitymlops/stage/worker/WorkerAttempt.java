package dev.unitymlops.stage.worker;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.children.Children;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** An attempt as the worker gives it to its handler. */
record WorkerAttempt(
        TrainingJob job,
        int run,
        int number,
        String contentHash,
        int slot,
        Instant startedAt,
        Path folder,
        Path scratch,
        List<Path> earlier,
        Progress progress,
        Children children,
        AskStanding ask)
        implements Attempt {

    @Override
    public Standing standing() throws InterruptedException {
        return ask.standing();
    }
}
