package dev.unitymlops.stage.children;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program to be run, never through a shell.
 *
 * @param argv program and arguments
 * @param directory working directory
 * @param environment variables beside those of the allow-list (PATH, HOME, LANG, ...)
 * @param log file that gets standard output and error, interleaved as they come; at the end, when it is on no disk
 * @param onLine called with each line of both streams, on one thread
 * @param timeout after which it is stopped and {@link ChildExit#timedOut()} says so
 * @param memoryBytes most memory that it may write to, heap, native and stacks, and each of its own children again;
 *     what is beyond is refused to it as by a full machine. Only Linux keeps to it; {@link #UNLIMITED}: no limit
 */
public record ChildCommand(
        List<String> argv,
        Path directory,
        Map<String, String> environment,
        Path log,
        Consumer<String> onLine,
        Duration timeout,
        long memoryBytes) {

    /** As much memory as the machine gives. */
    public static final long UNLIMITED = 0;

    public ChildCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** Without a limit on its memory. */
    public ChildCommand(
            List<String> argv,
            Path directory,
            Map<String, String> environment,
            Path log,
            Consumer<String> onLine,
            Duration timeout) {
        this(argv, directory, environment, log, onLine, timeout, UNLIMITED);
    }
}
