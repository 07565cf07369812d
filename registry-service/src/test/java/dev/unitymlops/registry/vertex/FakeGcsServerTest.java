package dev.unitymlops.registry.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a foreign emulator of Cloud Storage, where there is one: {@code -Dfake.gcs.server=PATH}. */
@EnabledIfSystemProperty(named = "fake.gcs.server", matches = ".+")
class FakeGcsServerTest {

    private static final String BUCKET = "models";

    @TempDir
    Path folder;

    @Test
    void filesOfAllSizesArriveWholeAndAreUploadedOnce() throws Exception {
        int port = freePort();
        Process server = new ProcessBuilder(
                        System.getProperty("fake.gcs.server"),
                        "-scheme",
                        "http",
                        "-host",
                        "127.0.0.1",
                        "-port",
                        String.valueOf(port),
                        "-external-url",
                        "http://127.0.0.1:" + port,
                        "-backend",
                        "memory")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try (StandInVertex vertex = new StandInVertex(Faults.none())) {
            awaitPort(server, port);
            Endpoint storage = new Endpoint("127.0.0.1", port, true);
            makeBucket(storage);
            VertexCloud cloud = new VertexCloud(new VertexConfig(
                    BucketFolder.parse(BUCKET),
                    vertex.endpoint(),
                    storage,
                    StandInCloud.NO_SERVING,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Tries.DEFAULT));
            for (int size : new int[] {0, 1, 2 << 20, 5_000_001}) {
                ModelVersion version = new TestVersions(folder).of("job-" + size, "x".repeat(size));

                String uri = cloud.registry("a-project", "us-central1")
                        .register(version)
                        .getUri();
                cloud.registry("a-project", "us-central1").register(version);

                Path back = folder.resolve("back-" + size);
                Files.write(back, content(storage, uri));
                assertThat(ArtifactFiles.describe(back).getSha256()).isEqualTo(version.sha256());
            }
            cloud.close();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static byte[] content(Endpoint storage, String uri) throws Exception {
        String object = uri.substring(("gs://" + BUCKET + "/").length()).replace("/", "%2F");
        URI media = URI.create(storage.url() + "/download/storage/v1/b/" + BUCKET + "/o/" + object + "?alt=media");
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(media).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void makeBucket(Endpoint storage) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(storage.url() + "/storage/v1/b?project=a-project"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + BUCKET + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(Process server, int port) throws Exception {
        for (int tried = 0; server.isAlive() && tried < 1000; tried++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                server.waitFor(10, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("fake-gcs-server does not listen");
    }
}
