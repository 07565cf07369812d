package dev.unitymlops.system.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.build.BuildMain;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.testkit.NodePackages;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import dev.unitymlops.train.TrainMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** examples/node-producer with the three services at work. Skipped where npm cannot install, unless MLOPS_REQUIRE_FOREIGN=true. */
@ExtendWith(PlatformExtension.class)
class NodeProducerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path PRODUCER = Checkout.file("examples/node-producer");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path script;

    private final TestPlatform platform;
    private final String prefix;

    @TempDir
    private Path folder;

    NodeProducerTest(TestPlatform platform) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
    }

    /** Node looks for packages beside the script that imports them, and the example's own folder is to stay as it is. */
    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        Path work = Checkout.root().resolve("system-tests/target/node-producer");
        Path installed = new NodePackages(work.resolve("examples/node-producer")).of(PRODUCER);
        script = Files.copy(
                PRODUCER.resolve("produce.js"), installed.resolve("produce.js"), StandardCopyOption.REPLACE_EXISTING);
        Path released = work.resolve("schemas/released");
        if (!Files.exists(released)) {
            Files.createDirectories(released.getParent());
            Files.createSymbolicLink(released, Checkout.file("schemas/released"));
        }
    }

    @Test
    void itsJobIsDoneByTheThreeServicesWhichKeepOneSchemaWithIt() throws Exception {
        try (RunningServices services = startServices()) {
            Ran ran = produce(Checkout.file("examples/simple-agent.yaml").toString());
            assertThat(ran.code()).as(ran.err()).isZero();
            JsonNode answer = JSON.readTree(ran.out());
            assertThat(answer.path("job_id").asText()).isEqualTo("test-job");
            assertThat(answer.path("dry_run").asBoolean()).isTrue();

            Ran again = produce(Checkout.file("examples/simple-agent.yaml").toString());
            assertThat(again.code()).as(again.err()).isEqualTo(3);
            assertThat(again.err()).contains("published before");
            assertThat(services.fatal()).isNotDone();
        }
        try (TopicReader<JobRequested> reader = platform.reader(prefix + Topics.JOB_REQUESTED.name())) {
            ConsumerRecord<String, JobRequested> record = reader.readToEnd().getFirst();
            assertThat(record.key()).isEqualTo("test-job");
            assertThat(record.value().getRequestedBy()).isEqualTo("node-producer");
            assertThat(record.value().getJob().getRlConfig().getBatchSize())
                    .as("a default of the schema")
                    .isEqualTo(1024);
            ProducedHeaders.assertOf(record, "/node-producer");
        }
        assertThat(registry("/subjects/" + prefix + "job-requested-value/versions"))
                .isEqualTo("[1]");
        assertThat(registry("/config/" + prefix + "job-requested-value")).contains("FULL_TRANSITIVE");
    }

    @Test
    void publishesNothingOfAFileWithUnknownFields() throws Exception {
        Ran ran = produce(Checkout.file("examples/invalid/ten-mistakes.yaml").toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("unknown in job");
    }

    private String registry(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create(platform.schemaRegistryUrl() + path);
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private RunningServices startServices() throws Exception {
        Map<String, String> settings = platform.settings(prefix);
        settings.put("artifacts.root", folder.resolve("artifacts").toString());
        settings.put("work.dir", folder.resolve("work").toString());
        return RunningServices.start(
                Settings.of(settings), List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE));
    }

    /** What the producer said before it ended. */
    private record Ran(int code, String out, String err) {}

    private Ran produce(String jobFile) throws IOException, InterruptedException {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        List<String> command = new ArrayList<>(List.of("node", script.toString(), jobFile));
        command.addAll(List.of("--bootstrap-servers", platform.bootstrapServers()));
        command.addAll(List.of("--schema-registry-url", platform.schemaRegistryUrl()));
        command.addAll(List.of("--topic-prefix", prefix));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the producer ended; it said: %s", Files.readString(err))
                    .isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
