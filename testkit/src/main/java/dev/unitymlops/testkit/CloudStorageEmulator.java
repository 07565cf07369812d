package dev.unitymlops.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * fake-gcs-server, a foreign emulator of Cloud Storage, on loopback. {@code .ci/cloud-storage-emulator} installs it. It
 * ends when this is closed and when this JVM ends, however.
 */
public final class CloudStorageEmulator implements AutoCloseable {

    private static final String PLACE = "target/cloud-storage-emulator/fake-gcs-server";
    private static final String REQUIRED = "MLOPS_REQUIRE_GCS_EMULATOR";
    private static final int PORTS_TRIED = 5;
    private static final int POLL_MILLIS = 20;
    private static final int POLLS = 1500;

    /** The shell ends with the server, and ends it once its own input ends, which it does with this JVM. */
    private static final String WITH_ITS_PARENT = """
            exec 3<&0
            "$@" </dev/null 3<&- & server=$!
            { cat <&3 >/dev/null; kill -9 $server; } 2>/dev/null &
            wait $server""";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final int port;
    private final Path log;

    private CloudStorageEmulator(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts one with nothing in it, all in memory. Where it is not installed the calling test is skipped in one line,
     * or fails when {@value #REQUIRED} is true.
     *
     * @param folder gets its log
     */
    public static CloudStorageEmulator start(Path folder) throws IOException, InterruptedException {
        Path program = installed();
        // A port that was free may be taken by the time the server binds it.
        for (int tried = 1; ; tried++) {
            CloudStorageEmulator emulator = on(freePort(), program, folder);
            if (emulator.answers()) {
                return emulator;
            }
            emulator.close();
            if (tried == PORTS_TRIED) {
                throw new IOException("fake-gcs-server does not start: " + Files.readString(emulator.log));
            }
        }
    }

    /** Where it is called: {@code http://127.0.0.1:<port>}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Makes a bucket with a name that no other has. */
    public String newBucket() throws IOException, InterruptedException {
        String name = "b-" + UUID.randomUUID();
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/storage/v1/b?project=none"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("fake-gcs-server does not make a bucket: " + status);
        }
        return name;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
        http.close();
    }

    private static Path installed() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve(PLACE))) {
                return folder.resolve(PLACE);
            }
        }
        String reason = "there is no " + PLACE + " (.ci/cloud-storage-emulator installs it)";
        if ("true".equals(System.getenv(REQUIRED))) {
            Assertions.fail(REQUIRED + " is true, but " + reason);
        }
        System.err.println("The tests on an emulator of Cloud Storage are skipped: " + reason);
        return Assumptions.abort(reason);
    }

    private static CloudStorageEmulator on(int port, Path program, Path folder) throws IOException {
        Path log = folder.resolve("cloud-storage-" + port + ".log");
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                WITH_ITS_PARENT,
                "sh",
                program.toString(),
                "-scheme=http",
                "-host=127.0.0.1",
                "-port=" + port,
                "-external-url=http://127.0.0.1:" + port,
                "-backend=memory",
                "-log-level=warn");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new CloudStorageEmulator(process, port, log);
    }

    private boolean answers() throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create(endpoint() + "/_internal/healthcheck"))
                .build();
        for (int poll = 0; poll < POLLS && process.isAlive(); poll++) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException notYet) {
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
