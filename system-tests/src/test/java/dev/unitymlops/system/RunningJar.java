package dev.unitymlops.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A service as it is shipped: {@code java -jar target/<module>.jar}, a process of its own. */
final class RunningJar implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Ready services=\\[\\S+] ops=(http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningJar(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it and does not wait until it is ready.
     *
     * @param name of this instance's settings and log below {@code folder}
     */
    static RunningJar start(String module, String name, Map<String, String> settings, Path folder) throws IOException {
        Path jar = Checkout.file(module + "/target/" + module + ".jar");
        Path config = folder.resolve(name + ".properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var out = Files.newOutputStream(config)) {
            properties.store(out, null);
        }
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        jar.toString(),
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new RunningJar(process, log);
    }

    long pid() {
        return process.pid();
    }

    /** Itself and all that it has started. */
    List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Waits for the line that says so, and gives the address of its ops server. */
    URI awaitReady(Duration patience) {
        return Awaitility.await("ready, see " + log).atMost(patience).until(this::ops, Objects::nonNull);
    }

    private URI ops() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("It ended with " + process.exitValue() + ":\n" + Files.readString(log));
        }
        Matcher ready = READY.matcher(Files.readString(log));
        return ready.find() ? URI.create(ready.group(1)) : null;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(ops().resolve(path)).build(), BodyHandlers.ofString());
    }

    /** SIGKILL: nothing of it can tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, as an orchestrator does it; gives the exit code. */
    int stop(Duration patience) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("It did not end within " + patience + " of SIGTERM, see " + log);
        }
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
