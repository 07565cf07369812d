package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.TickCommand;
import java.nio.ByteBuffer;

/** All that a coordinator decides on. */
public sealed interface Command {

    /** A run of a job has arrived. */
    record Input(int run, StageInput input) implements Command {}

    /** Somebody wants the run to end. */
    record Cancel(int run, String reason) implements Command {}

    /** Somebody wants the run after a failed or cancelled one. */
    record Retry(int run, boolean resume) implements Command {}

    /** A worker wants a queued job, whose version it names. */
    record Claim(int run, long version, String worker) implements Command {}

    /** A report of the worker that holds an attempt. */
    sealed interface Report extends Command {
        int run();

        int attempt();

        String worker();
    }

    record Beat(int run, int attempt, String worker) implements Report {}

    /** The holder gives the job back without having used an attempt up. */
    record Decline(int run, int attempt, String worker, long delayMs, String reason) implements Report {}

    /** The holder has finished; the event stands as it is to be published. */
    record Done(int run, int attempt, String worker, ByteBuffer event) implements Report {}

    /** The holder has failed. */
    record Failed(int run, int attempt, String worker, FailedCommand failure) implements Report {}

    /** Made by the coordinator itself: the holder has not been heard for a lease. */
    record Silence(int run, int attempt, String worker) implements Report {}

    /** Made by the coordinator itself: time has passed. */
    record Wake() implements Command {}

    /** The coordinator's own echo; it concerns no job. */
    record Tick(int partition, String task, long sequence) implements Command {}

    /**
     * Reads the wire form.
     *
     * @throws IllegalArgumentException for a command of a newer version
     */
    static Command of(StageCommand record) {
        return switch (record.getBody()) {
            case InputCommand c -> new Input(c.getRun(), c.getInput());
            case CancelCommand c -> new Cancel(c.getRun(), c.getReason());
            case RetryCommand c -> new Retry(c.getRun(), c.getResume());
            case ClaimCommand c -> new Claim(c.getRun(), c.getVersion(), c.getWorker());
            case BeatCommand c -> new Beat(c.getRun(), c.getAttempt(), c.getWorker());
            case DeclineCommand c ->
                new Decline(c.getRun(), c.getAttempt(), c.getWorker(), c.getDelayMs(), c.getReason());
            case DoneCommand c -> new Done(c.getRun(), c.getAttempt(), c.getWorker(), c.getEvent());
            case FailedCommand c -> new Failed(c.getRun(), c.getAttempt(), c.getWorker(), c);
            case TickCommand c -> new Tick(c.getPartition(), c.getTask(), c.getSequence());
            case null -> throw new IllegalArgumentException("a command of a newer version");
            default ->
                throw new IllegalArgumentException("a command of a newer version: "
                        + record.getBody().getClass().getSimpleName());
        };
    }
}
