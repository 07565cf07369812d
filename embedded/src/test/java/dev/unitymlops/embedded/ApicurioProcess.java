package dev.unitymlops.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Apicurio registry in a JVM of its own, on 127.0.0.1, with its data in one file. A shell between us kills it as soon
 * as the pipe from this JVM breaks, which also SIGKILL does.
 */
final class ApicurioProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
    private static final String KILL_WHEN_THE_PIPE_BREAKS =
            "exec 3<&0; \"$@\" 3<&- </dev/null & child=$!; (cat <&3 >/dev/null; kill -9 $child) & wait $child";

    private final Process shell;
    private final String url;

    private ApicurioProcess(Process shell, String url) {
        this.shell = shell;
        this.url = url;
    }

    static ApicurioProcess start(Path home, Path dataFile) throws IOException {
        Process shell = new ProcessBuilder(command(home, dataFile))
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder told = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            told.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> drain(output));
                return new ApicurioProcess(shell, listening.group(1) + "/apis/ccompat/v7");
            }
        }
        throw new IOException("Apicurio ended before it listened:\n" + told);
    }

    private static List<String> command(Path home, Path dataFile) {
        return List.of(
                "/bin/sh",
                "-c",
                KILL_WHEN_THE_PIPE_BREAKS,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // without the delay: H2 otherwise writes what it has committed half a second later
                "-Dapicurio.datasource.url=jdbc:h2:file:" + dataFile.toAbsolutePath() + ";WRITE_DELAY=0",
                "-jar",
                home.resolve("quarkus-run.jar").toString());
    }

    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // a full pipe would stop the child
            }
        } catch (IOException e) {
            // the child is gone: nothing is left to drain
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(180, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Apicurio outlived the pipe");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
