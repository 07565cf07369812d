package dev.unitymlops.train.console;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.stage.children.Children;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program and hands its lines to a listener on the calling thread, which also stops it when the listener has
 * waited long enough. The program itself is waited for on a thread of its own, which ends with it.
 */
public final class FollowConsole {

    private final Children children;
    private final Listener listener;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    /** Who reads the console. All calls come on one thread. */
    public interface Listener {

        void line(String line);

        /** How long the program may stay silent from now on, in nanoseconds; 0 or less: its time is up. */
        default long nanosLeft() {
            return Long.MAX_VALUE;
        }

        /** Why the program was stopped, when {@link #nanosLeft()} ran out. */
        default StageFailure timeIsUp() {
            throw new IllegalStateException("this listener waits for ever");
        }
    }

    private sealed interface Signal {
        record Line(String text) implements Signal {}

        record Ended(ChildExit exit) implements Signal {}

        record Failed(Throwable reason) implements Signal {}
    }

    private FollowConsole(Children children, Listener listener) {
        this.children = children;
        this.listener = listener;
    }

    /**
     * Runs the program to its end.
     *
     * @param command gets the line consumer that it is to be started with
     * @throws StageFailure when the program cannot be started, or the listener's time was up; it has ended by then
     * @throws InterruptedException when the calling thread was interrupted; the program has ended by then and the
     *     listener has seen its last line
     */
    public static ChildExit run(Children children, CommandFor command, Listener listener)
            throws StageFailure, InterruptedException {
        return new FollowConsole(children, listener).run(command);
    }

    /** Makes the command once the receiver of its lines is known. */
    public interface CommandFor {
        ChildCommand with(Consumer<String> onLine);
    }

    private ChildExit run(CommandFor commandFor) throws StageFailure, InterruptedException {
        ChildCommand command = commandFor.with(line -> signals.add(new Signal.Line(line)));
        Thread waiter =
                Thread.ofPlatform().name("follow-" + command.argv().getFirst()).start(() -> waitFor(command));
        try {
            return follow(waiter);
        } catch (InterruptedException stop) {
            stop(waiter);
            throw stop;
        }
    }

    private void waitFor(ChildCommand command) {
        try {
            signals.add(new Signal.Ended(children.run(command)));
        } catch (StageFailure | InterruptedException | RuntimeException | Error e) {
            signals.add(new Signal.Failed(e));
        }
    }

    private ChildExit follow(Thread waiter) throws StageFailure, InterruptedException {
        while (true) {
            switch (signals.poll(Math.max(0, listener.nanosLeft()), TimeUnit.NANOSECONDS)) {
                case null -> {
                    StageFailure reason = listener.timeIsUp();
                    stop(waiter);
                    throw reason;
                }
                case Signal.Line line -> listener.line(line.text());
                case Signal.Ended ended -> {
                    return ended.exit();
                }
                case Signal.Failed failed -> throw thrown(failed.reason());
            }
        }
    }

    private static StageFailure thrown(Throwable reason) {
        return switch (reason) {
            case StageFailure failure -> failure;
            case RuntimeException bug -> throw bug;
            case Error fatal -> throw fatal;
            default -> throw new IllegalStateException("nobody interrupted the program", reason);
        };
    }

    /** Ends the program and hands over its last lines; keeps the caller's interrupted status as it found it. */
    private void stop(Thread waiter) {
        boolean interrupted = Thread.interrupted();
        waiter.interrupt();
        for (Signal signal = next(); signal == null || signal instanceof Signal.Line; signal = next()) {
            if (signal instanceof Signal.Line line) {
                listener.line(line.text());
            } else {
                interrupted = true;
                waiter.interrupt(); // a further reason to stop may leave the program less time
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next signal, or null when the wait was interrupted. */
    private @Nullable Signal next() {
        try {
            return signals.take();
        } catch (InterruptedException again) {
            return null;
        }
    }
}
