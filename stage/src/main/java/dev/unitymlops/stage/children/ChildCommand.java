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
 */
public record ChildCommand(
        List<String> argv,
        Path directory,
        Map<String, String> environment,
        Path log,
        Consumer<String> onLine,
        Duration timeout) {

    public ChildCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }
}
