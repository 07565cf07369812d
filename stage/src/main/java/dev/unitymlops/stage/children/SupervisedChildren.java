package dev.unitymlops.stage.children;

import dev.unitymlops.stage.StageFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The children of one attempt, each under a supervisor of its own (a small Python process), which ends the program and
 * all that it has started when it is told to, when the program has ended, and when this process has died, however.
 *
 * <p>Ending means SIGINT to the program, a grace for saving its work, then SIGKILL for the whole tree, with what has
 * left the session ({@code setsid}) or its parent (double fork). Linux and macOS. Should the supervisor be killed, the
 * program gets a SIGINT and this process sweeps up after it; only when both are killed at once, a program that ignores
 * SIGINT may stay.
 */
public final class SupervisedChildren implements Children {

    /** Grace of a program whose time is up. */
    private static final Duration TIMEOUT_GRACE = Duration.ofSeconds(60);

    private final Map<String, String> serviceEnvironment;
    private final Supplier<Duration> stopGrace;
    private final Duration timeoutGrace;

    /**
     * The children of an attempt of this process.
     *
     * @param stopGrace asked when the attempt's thread is interrupted: how long its program may take to save its work,
     *     60 s for cancel and drain, 8 s when the attempt was superseded. Asked again at each further interrupt; a
     *     shorter grace then counts at once
     */
    public SupervisedChildren(Supplier<Duration> stopGrace) {
        this(System.getenv(), stopGrace, TIMEOUT_GRACE);
    }

    SupervisedChildren(Map<String, String> serviceEnvironment, Supplier<Duration> stopGrace, Duration timeoutGrace) {
        this.serviceEnvironment = Map.copyOf(serviceEnvironment);
        this.stopGrace = stopGrace;
        this.timeoutGrace = timeoutGrace;
    }

    @Override
    public ChildExit run(ChildCommand command) throws StageFailure, InterruptedException {
        Map<String, String> environment = ChildEnvironment.of(serviceEnvironment, command.environment());
        Path program = Programs.find(command.argv().getFirst(), command.directory(), environment);
        Supervisor supervisor = Supervisor.find(serviceEnvironment);
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped before " + program + " was started");
        }
        Child child = Child.start(supervisor, program, command, environment);
        boolean timedOut = false;
        try {
            if (!child.endsWithin(command.timeout())) {
                timedOut = true;
                child.stop(timeoutGrace);
                child.awaitEnd();
            }
        } catch (InterruptedException e) {
            endNow(child);
            throw e;
        }
        return child.exit(timedOut);
    }

    private void endNow(Child child) {
        while (true) {
            child.stop(stopGrace.get());
            try {
                child.awaitEnd();
                return;
            } catch (InterruptedException again) {
                // Another reason to stop: the loop asks for its grace.
            }
        }
    }
}
