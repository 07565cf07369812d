package dev.unitymlops.trainerenv;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds and runs the programs of this machine, never through a shell; all of them end when this process does. */
final class Programs {
    private static final int TAIL_LINES = 400;
    private static final int SHOWN_LINES = 15;
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private final Map<String, String> environment;

    /** @param environment the variables of every child; its PATH is where programs are looked for */
    Programs(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The same programs with some variables changed. */
    Programs with(Consumer<Map<String, String>> change) {
        var changed = new HashMap<>(environment);
        change.accept(changed);
        return new Programs(changed);
    }

    Optional<Path> find(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * How a program ended.
     *
     * @param tail its last lines, stdout and stderr as they came
     */
    record Outcome(int exitCode, boolean timedOut, List<String> tail) {
        boolean ok() {
            return exitCode == 0 && !timedOut;
        }

        String output() {
            return String.join("\n", tail);
        }

        /** The end of the output, indented, to be shown below a message. */
        String lastLines() {
            return "  " + String.join("\n  ", tail.subList(Math.max(0, tail.size() - SHOWN_LINES), tail.size()));
        }
    }

    /** Runs a short question to the machine; what cannot be started or takes longer than 20 s gives no answer. */
    Optional<String> ask(String... command) {
        try {
            var outcome = run(List.of(command), Path.of("/"), Duration.ofSeconds(20), line -> {});
            return outcome.ok() ? Optional.of(outcome.output()) : Optional.empty();
        } catch (IOException notStarted) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new TrainerEnvException("interrupted while asking " + command[0], stop);
        }
    }

    /** Runs a child to its end or to the limit; an interrupt or the end of this process kills it and all that it started. */
    Outcome run(List<String> command, Path directory, Duration limit, Consumer<String> lines)
            throws IOException, InterruptedException {
        return run(withParentDeathSignal(command), directory, limit, lines, true);
    }

    /**
     * As {@link #run}, but a SIGKILL of this process lets the child go on to its end, and an interrupt waits for it:
     * dpkg killed half-way leaves a broken system.
     */
    Outcome runToItsEnd(List<String> command, Path directory, Consumer<String> lines)
            throws IOException, InterruptedException {
        return run(command, directory, Duration.ofHours(2), lines, false);
    }

    private Outcome run(
            List<String> command, Path directory, Duration limit, Consumer<String> lines, boolean stopsWithUs)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        var child = new Child(builder, lines);
        try (var guard = stopsWithUs ? new KillAtExit(child) : null) {
            var exit = child.exitCode.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Outcome(exit, false, child.tail());
        } catch (TimeoutException tooLong) {
            child.kill();
            return new Outcome(child.exitCode.join(), true, child.tail());
        } catch (InterruptedException stop) {
            if (stopsWithUs) {
                child.kill();
            }
            child.exitCode.join();
            throw stop;
        } catch (ExecutionException failed) {
            throw notStartedOrRead(failed);
        }
    }

    private static IOException notStartedOrRead(Exception failed) {
        return failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
    }

    /** Linux then kills the child when the thread that started it ends, so even a SIGKILL of this JVM leaves nothing running. */
    private static List<String> withParentDeathSignal(List<String> command) {
        if (!Files.isExecutable(SETPRIV)) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** A process and the platform thread that starts it, reads it and outlives it: the parent-death signal follows that thread. */
    private static final class Child {
        final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        private final ArrayDeque<String> last = new ArrayDeque<>();
        private final Process process;

        Child(ProcessBuilder builder, Consumer<String> lines) throws IOException {
            var started = new CompletableFuture<Process>();
            Thread.ofPlatform()
                    .daemon()
                    .name("child-" + builder.command().get(0))
                    .start(() -> {
                        try {
                            started.complete(builder.start());
                            read(started.join(), lines);
                            exitCode.complete(started.join().waitFor());
                        } catch (IOException | InterruptedException | RuntimeException | Error e) {
                            if (!started.completeExceptionally(e)) {
                                kill(started.join());
                            }
                            exitCode.completeExceptionally(e);
                        }
                    });
            process = await(started);
        }

        private static Process await(CompletableFuture<Process> started) throws IOException {
            try {
                return started.join();
            } catch (CompletionException failed) {
                throw notStartedOrRead(failed);
            }
        }

        private void read(Process running, Consumer<String> lines) throws IOException {
            try (var in = new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    keep(line);
                    lines.accept(line);
                }
            }
        }

        private synchronized void keep(String line) {
            last.addLast(line);
            if (last.size() > TAIL_LINES) {
                last.removeFirst();
            }
        }

        synchronized List<String> tail() {
            return List.copyOf(last);
        }

        void kill() {
            kill(process);
        }

        private static void kill(Process tree) {
            tree.descendants().forEach(ProcessHandle::destroyForcibly);
            tree.destroyForcibly();
        }
    }

    /** Ctrl-C and SIGTERM run this; closing takes it back. */
    private static final class KillAtExit implements AutoCloseable {
        private final Thread hook;

        KillAtExit(Child child) {
            hook = new Thread(child::kill, "kill-at-exit");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                child.kill();
            }
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                // the hook runs now: the child is being killed
            }
        }
    }
}
