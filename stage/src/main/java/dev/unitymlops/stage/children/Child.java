package dev.unitymlops.stage.children;

import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program and its supervisor, from start to end. One thread waits for it; a thread of its own reads its output, so
 * that the program never blocks on a full pipe. Either may ask for the end.
 */
final class Child {

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final Pattern EXIT = Pattern.compile("^exit (\\d+)$", Pattern.MULTILINE);
    private static final Pattern STARTED = Pattern.compile("^started (\\d+)$", Pattern.MULTILINE);
    private static final Pattern CANNOT_START = Pattern.compile("^cannot start (.*)$", Pattern.MULTILINE);
    private static final Duration NO_GRACE = Duration.ZERO;

    private final Supervisor supervisor;
    private final UUID marker;
    private final ChildCommand command;
    private final Process process;
    private final Output output;
    private final Thread reader;

    /** Both are written by the reader before it ends, and read after it was joined. */
    private @Nullable Exception readerFailure;

    private String report = "";

    private Child(Supervisor supervisor, UUID marker, ChildCommand command, Process process, OutputStream log) {
        this.supervisor = supervisor;
        this.marker = marker;
        this.command = command;
        this.process = process;
        this.output = new Output(command.onLine());
        this.reader =
                Thread.ofPlatform().daemon().name("output-" + process.pid()).unstarted(() -> read(log));
    }

    static Child start(Supervisor supervisor, Path program, ChildCommand command, Map<String, String> environment)
            throws StageFailure {
        UUID marker = UUID.randomUUID();
        OutputStream log = openLog(command);
        try {
            Process process = supervisor.run(marker, program, command, environment);
            Child child = new Child(supervisor, marker, command, process, log);
            child.reader.start();
            return child;
        } catch (IOException e) {
            throw StageFailure.infrastructure("the supervisor of " + program + " cannot be started: " + e.getMessage())
                    .because(e);
        }
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        awaitEnd();
        return true;
    }

    /** Returns when the program, its tree and its supervisor have ended and the last line was read. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
        reader.join();
    }

    /** SIGINT, and SIGKILL for the tree after the grace. Asked again, it can only shorten the grace. */
    void stop(Duration grace) {
        String order = "stop " + grace.toMillis() / 1000.0 + "\n";
        Supervisor.send(process, order.getBytes(StandardCharsets.US_ASCII));
    }

    /** How the program ended; called after {@link #awaitEnd}. */
    ChildExit exit(boolean timedOut) throws StageFailure {
        Matcher exit = EXIT.matcher(report);
        if (exit.find()) {
            requireWholeOutput();
            return new ChildExit(Integer.parseInt(exit.group(1)), timedOut, output.tail());
        }
        String program = command.argv().getFirst();
        Matcher cannotStart = CANNOT_START.matcher(report);
        if (cannotStart.find()) {
            throw StageFailure.infrastructure("the program '%s' cannot be started in %s: %s"
                    .formatted(program, command.directory(), cannotStart.group(1)));
        }
        throw StageFailure.infrastructure("the supervisor of the program '%s' ended unexpectedly (exit code %d) %s"
                        .formatted(program, process.exitValue(), report)
                        .strip())
                .withLogTail(output.tail());
    }

    private void requireWholeOutput() throws StageFailure {
        switch (readerFailure) {
            case null -> {}
            case IOException e ->
                throw StageFailure.infrastructure("the output of '%s' cannot be written to %s: %s"
                                .formatted(command.argv().getFirst(), command.log(), e))
                        .because(e);
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(readerFailure);
        }
    }

    private static OutputStream openLog(ChildCommand command) throws StageFailure {
        try {
            return LogFile.open(command.log());
        } catch (IOException e) {
            throw StageFailure.infrastructure("the log %s cannot be written: %s".formatted(command.log(), e))
                    .because(e);
        }
    }

    private void read(OutputStream log) {
        InputStream from = process.getInputStream();
        try (log) {
            output.drain(from, log);
        } catch (IOException | RuntimeException e) {
            readerFailure = e;
            stop(NO_GRACE);
        }
        try {
            from.transferTo(OutputStream.nullOutputStream());
            report = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            sweepUpAfterKilledSupervisor();
        } catch (IOException | InterruptedException e) {
            LOG.error("Processes of a program may be left marker={}", marker, e);
        }
    }

    private void sweepUpAfterKilledSupervisor() throws IOException, InterruptedException {
        Matcher started = STARTED.matcher(report);
        if (started.find() && !EXIT.matcher(report).find()) {
            LOG.warn(
                    "A supervisor was killed and its program is swept up program={} marker={}",
                    started.group(1),
                    marker);
            supervisor.sweep(marker, started.group(1));
        }
    }
}
