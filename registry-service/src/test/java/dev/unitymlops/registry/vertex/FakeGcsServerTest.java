package dev.unitymlops.registry.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cloudstorage.Endpoint;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.registry.registration.Tries;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.testkit.CloudStorageEmulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a foreign emulator of Cloud Storage. */
class FakeGcsServerTest {

    @TempDir
    private Path folder;

    @Test
    void filesOfAllSizesArriveWholeAndAreUploadedOnce() throws Exception {
        try (CloudStorageEmulator emulator = CloudStorageEmulator.start(folder);
                StandInVertex vertex = new StandInVertex(Faults.none())) {
            String bucket = emulator.newBucket();
            VertexCloud cloud = new VertexCloud(
                    new VertexConfig(
                            BucketFolder.parse(bucket),
                            vertex.endpoint(),
                            Endpoint.parse(emulator.endpoint()),
                            StandInCloud.NO_SERVING,
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(20),
                            Tries.DEFAULT),
                    Attestations.unsigned());
            ModelRegistry registry = cloud.registry("a-project", "us-central1");
            for (int size : new int[] {0, 1, 256 << 10, 2 << 20, 5_000_001}) {
                ModelVersion version = new TestVersions(folder).of("job-" + size, "x".repeat(size));

                String uri = registry.register(version).getUri();
                String generation = generation(emulator, uri);
                assertThat(registry.register(version).getUri()).isEqualTo(uri);

                assertThat(generation(emulator, uri)).as("uploaded once").isEqualTo(generation);
                Path back = Files.write(
                        folder.resolve("back-" + size), content(emulator, uri).body());
                assertThat(ArtifactFiles.describe(back).getSha256()).isEqualTo(version.sha256());
            }
            cloud.close();
        }
    }

    private static String generation(CloudStorageEmulator emulator, String uri) throws Exception {
        return content(emulator, uri).headers().firstValue("x-goog-generation").orElseThrow();
    }

    private static HttpResponse<byte[]> content(CloudStorageEmulator emulator, String uri) throws Exception {
        URI object = URI.create(uri);
        String name = object.getPath().substring(1).replace("/", "%2F");
        URI media = URI.create(
                emulator.endpoint() + "/download/storage/v1/b/" + object.getAuthority() + "/o/" + name + "?alt=media");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(media).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer;
        }
    }
}
