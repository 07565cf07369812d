package dev.unitymlops.train.mlagents;

import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.train.console.ConsoleLine;
import dev.unitymlops.train.console.ConsoleParser;
import dev.unitymlops.train.console.FollowConsole;
import dev.unitymlops.train.console.TrainingProgress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code mlagents-learn}'s console says, turned into progress, checkpoints and what the end is judged by. */
final class LearnConsole implements FollowConsole.Listener {

    /** Enough for the traceback of the trainer and of one worker. */
    private static final int LINES_KEPT = 400;

    private final Watchdog watchdog;
    private final CheckpointSync checkpoints;
    private final TrainingProgress progress;
    private final Progress told;
    private final Deque<String> lastLines = new ArrayDeque<>();
    /** What every player makes the trainer print, told once. */
    private final Set<ConsoleLine> announced = new HashSet<>();

    private boolean interrupted;
    private @Nullable Long resumedFrom;

    LearnConsole(Watchdog watchdog, CheckpointSync checkpoints, TrainingProgress progress, Progress told) {
        this.watchdog = watchdog;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.told = told;
    }

    @Override
    public void line(String text) {
        if (lastLines.size() == LINES_KEPT) {
            lastLines.removeFirst();
        }
        lastLines.add(text);
        ConsoleLine line = ConsoleParser.parse(text);
        watchdog.saw(line);
        switch (line) {
            case ConsoleLine.Progress summary -> progress.saw(summary);
            case ConsoleLine.Exported checkpoint -> checkpoints.exported(Path.of(checkpoint.path()));
            case ConsoleLine.BehaviorFound found -> {
                checkpoints.expect(found.behavior());
                if (announced.add(line)) {
                    told.phase("training", "the player has the behaviour " + found.behavior());
                }
            }
            case ConsoleLine.Resumed resumed -> {
                resumedFrom = resumed.step();
                progress.startFrom(resumed.step());
                told.phase("resumed", "training goes on from step " + resumed.step());
            }
            case ConsoleLine.RestartingWorker restart ->
                told.phase("training", "player " + restart.worker() + " is started again: " + restart.reason());
            case ConsoleLine.Interrupted end -> interrupted = true;
            case ConsoleLine.Connected connected -> {
                if (announced.add(line)) {
                    told.phase("player connected");
                }
            }
            case ConsoleLine.Copied copied -> told.phase("model written");
            case ConsoleLine.RestartsExceeded exceeded ->
                told.phase("training", "player " + exceeded.worker() + " died once too often");
            case ConsoleLine.LoggedError error -> {} // judged at the end, with the exit code
            case ConsoleLine.Other other -> {}
        }
    }

    @Override
    public long nanosLeft() {
        return watchdog.nanosLeft();
    }

    @Override
    public StageFailure timeIsUp() {
        return watchdog.timeIsUp().withLogTail(tail());
    }

    /** Whether the trainer stopped before its last step. */
    boolean interrupted() {
        return interrupted;
    }

    /** Step that training went on from; null when it began at 0. */
    @Nullable
    Long resumedFrom() {
        return resumedFrom;
    }

    /** The last lines of both streams. */
    List<String> lastLines() {
        return List.copyOf(lastLines);
    }

    private List<String> tail() {
        return lastLines.stream().skip(Math.max(0, lastLines.size() - 40)).toList();
    }
}
