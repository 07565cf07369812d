package dev.unitymlops.registry.mlflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A genuine MLflow server on 127.0.0.1, with SQLite and a folder for artifacts. A Python between us kills it with all that
 * it has started as soon as the pipe from this JVM breaks, which also SIGKILL does.
 */
final class MlflowProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("running on (http://127\\.0\\.0\\.1:\\d+)");

    private static final String KILL_WHEN_THE_PIPE_BREAKS = """
            import os, signal, subprocess, sys, threading
            server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
            def end_with_the_server():
                server.wait()
                os._exit(1)
            threading.Thread(target=end_with_the_server, daemon=True).start()
            sys.stdin.buffer.read()
            os.killpg(server.pid, signal.SIGKILL)
            """;

    private final Process python;
    private final URI address;

    private MlflowProcess(Process python, URI address) {
        this.python = python;
        this.address = address;
    }

    /**
     * Starts it, which takes some seconds.
     *
     * @param mlflow the command, in the {@code bin} of its environment
     * @param home an empty folder
     */
    static MlflowProcess start(Path mlflow, Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(mlflow, home)).redirectErrorStream(true);
        Path bin = mlflow.toAbsolutePath().getParent();
        builder.environment()
                .putAll(Map.of(
                        // mlflow starts a python3 of the PATH
                        "PATH", bin + ":" + System.getenv("PATH"),
                        "PYTHONUNBUFFERED", "1",
                        "MLFLOW_DISABLE_TELEMETRY", "true",
                        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false"));
        Process python = builder.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder told = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            told.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> drain(output));
                return new MlflowProcess(python, URI.create(listening.group(1)));
            }
        }
        throw new IOException("MLflow ended before it listened:\n" + told);
    }

    private static List<String> command(Path mlflow, Path home) {
        return List.of(
                mlflow.resolveSibling("python3").toString(),
                "-c",
                KILL_WHEN_THE_PIPE_BREAKS,
                mlflow.toString(),
                "server",
                "--backend-store-uri",
                "sqlite:///" + home.resolve("mlflow.db"),
                "--artifacts-destination",
                home.resolve("artifacts").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--workers",
                "1");
    }

    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // a full pipe would stop the server
            }
        } catch (IOException e) {
            // the server is gone: nothing is left to drain
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        python.getOutputStream().close();
        python.waitFor();
    }
}
