package dev.unitymlops.system.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A process of the fleet that may be killed, paused and started again as it was. Used by one thread. */
final class Member implements AutoCloseable {
    /** As often it may, on a machine so busy that its clients' calls time out. */
    private static final int ENDS_BY_ITSELF = 3;

    private final String name;
    private final List<String> command;
    private final String ready;
    private final Path folder;
    private final Path temporary;
    private final List<Path> logs = new ArrayList<>();
    private int endedByItself;
    private @Nullable Process process;

    /**
     * A member that does not run yet.
     *
     * @param ready what stands in its log once it serves
     * @param folder for its logs, one for each start
     * @param temporary its folder for temporary files, which all that it starts inherits
     */
    Member(String name, List<String> command, String ready, Path folder, Path temporary) {
        this.name = name;
        this.command = List.copyOf(command);
        this.ready = ready;
        this.folder = folder;
        this.temporary = temporary;
    }

    String name() {
        return name;
    }

    /** Starts it and does not wait until it is ready. */
    void start() throws IOException {
        Path log = folder.resolve(name + "-" + (logs.size() + 1) + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        Process started = builder.start();
        process = started;
        logs.add(log);
    }

    /** Waits until it serves. What ends by itself is started again, as an orchestrator does it. */
    void awaitReady(Duration patience) {
        Awaitility.await(name + " is ready, see " + folder).atMost(patience).until(() -> {
            String said = Files.readString(logs.getLast());
            if (!isAlive()) {
                startAgain(said);
                return false;
            }
            return said.contains(ready);
        });
    }

    private void startAgain(String said) throws IOException {
        if (++endedByItself > ENDS_BY_ITSELF) {
            throw new AssertionError(name + " ended with " + running().exitValue() + " again:\n" + said);
        }
        System.out.println("%s ended by itself with %d and is started again, see %s"
                .formatted(name, running().exitValue(), logs.getLast()));
        start();
    }

    /** Of its last start. */
    long pid() {
        return running().pid();
    }

    /** Itself and all that it has started. */
    Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(running().toHandle()), running().descendants());
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL, which ends it also when it is stopped. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM; gives the exit code. {@link Process#destroy()} would close the pipe that it is tethered by as well. */
    int stop(Duration patience) throws IOException, InterruptedException {
        signal("TERM");
        if (!running().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " did not end within " + patience + " of SIGTERM, see " + logs.getLast());
        }
        return running().exitValue();
    }

    /** SIGSTOP: all its threads stand still, its sockets stay open. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        List<String> kill =
                List.of("kill", "-" + signal, Long.toString(running().pid()));
        int code = new ProcessBuilder(kill).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(kill + " ended with " + code);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
