package dev.unitymlops.stage.children;

import dev.unitymlops.stage.StageFailure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts {@code supervisor.py}, which runs one program and outlives this process if need be.
 *
 * <p>The script travels over the pipe that the supervisor watches anyway: there is no file that somebody could change
 * or a cleaner of temporary folders delete under a service that runs for weeks.
 */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final byte[] SCRIPT = script();

    private static final String BOOTSTRAP = """
            import os, sys
            script = b""
            while len(script) < int(sys.argv[1]):
                part = os.read(0, int(sys.argv[1]) - len(script))
                if not part:
                    sys.exit("the service is gone")
                script += part
            del sys.argv[1]
            exec(compile(script, "supervisor.py", "exec"))
            """;

    private final Path python;

    private Supervisor(Path python) {
        this.python = python;
    }

    /**
     * On Linux the system's own Python comes first: a python3 earlier on the PATH is often a shim (pyenv, asdf) that
     * starts slowly and depends on the folder it is called in.
     *
     * @throws StageFailure when there is no Python 3
     */
    static Supervisor find(Map<String, String> environment) throws StageFailure {
        String path = environment.getOrDefault("PATH", "");
        Optional<Path> system = Programs.onPath("python3", "/usr/bin");
        Optional<Path> onPath = Programs.onPath("python3", path);
        boolean linux = System.getProperty("os.name").equals("Linux");
        return (linux ? Stream.of(system, onPath) : Stream.of(onPath, system))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Supervisor::new)
                .orElseThrow(() -> StageFailure.infrastructure(
                        "outside programs run under a supervisor that needs Python 3.7 or newer, and there is no python3 in /usr/bin or on this worker's PATH (%s): install it"
                                .formatted(path)));
    }

    /** Runs the program; {@code environment} is all that it gets, besides its marker. */
    Process run(UUID marker, Path program, ChildCommand command, Map<String, String> environment) throws IOException {
        List<String> order = new ArrayList<>(List.of(
                "run",
                Long.toString(command.memoryBytes()),
                command.directory().toAbsolutePath().toString(),
                program.toString()));
        order.addAll(command.argv());
        return start(marker, order, environment);
    }

    /**
     * Ends what a killed supervisor has left behind; takes as long as the program saves its work, at most 8 s.
     *
     * @param program process id of the program
     */
    void sweep(UUID marker, String program) throws IOException, InterruptedException {
        Process sweep = start(marker, List.of("sweep", program), Map.of());
        sweep.getInputStream().transferTo(OutputStream.nullOutputStream());
        sweep.waitFor();
    }

    private Process start(UUID marker, List<String> order, Map<String, String> environment) throws IOException {
        List<String> argv = new ArrayList<>(List.of(
                python.toString(), "-I", "-S", "-c", BOOTSTRAP, Integer.toString(SCRIPT.length), marker.toString()));
        argv.addAll(order);
        ProcessBuilder builder = new ProcessBuilder(argv).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        send(process, SCRIPT);
        return process;
    }

    /** A pipe that is broken already is no error here: what the process wrote before it ended says more. */
    static void send(Process process, byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            LOG.debug("A supervisor had ended before it was told something pid={}", process.pid(), e);
        }
    }

    private static byte[] script() {
        try (InputStream resource = Supervisor.class.getResourceAsStream("supervisor.py")) {
            if (resource == null) {
                throw new IllegalStateException("supervisor.py is missing from the stage module's jar");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("supervisor.py cannot be read from the stage module's jar", e);
        }
    }
}
