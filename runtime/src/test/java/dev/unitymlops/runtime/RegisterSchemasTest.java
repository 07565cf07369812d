package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded registry, whose level is FULL_TRANSITIVE. Foreign schemas are registered over HTTP, as others do. */
@Timeout(300)
class RegisterSchemasTest {
    private static final Path RELEASES = Path.of("../schemas/released");
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static EmbeddedPlatform platform;

    private final String prefix = "t" + PREFIXES.incrementAndGet() + ".";

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = EmbeddedPlatform.start(BrokerOptions.in(folder), 0);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aServiceRegistersTheSchemasOfItsTopicsBeforeThereIsARecord() throws Exception {
        startAService();

        for (TopicSpec topic : Topics.all()) {
            assertThat(versions(topic)).as(topic.name()).isEqualTo("[1]");
        }
    }

    @Test
    void theReleasedSchemaOfAForeignProducerIsOurs() throws Exception {
        for (TopicSpec topic : Topics.all()) {
            registered(topic, released(topic));
        }
        startAService();

        for (TopicSpec topic : Topics.all()) {
            assertThat(versions(topic)).as(topic.name()).isEqualTo("[1]");
        }
    }

    @Test
    void whatIsSerializedLaterIsWhatWasRegistered() throws Exception {
        startAService();
        registered(Topics.JOB_CONTROL, withoutDocs(released(Topics.JOB_CONTROL)));
        try (Serializer<JobControl> serializer = clients().serializer()) {
            serializer.serialize(prefix + "job-control", control());
        }
        assertThat(versions(Topics.JOB_CONTROL)).isEqualTo("[1,2]");
    }

    @Test
    void ourSchemasFollowForeignCopiesWithoutDocsAndLogicalTypes() throws Exception {
        for (TopicSpec topic : Topics.all()) {
            registered(topic, withoutDocs(released(topic)));
        }
        startAService();

        for (TopicSpec topic : Topics.all()) {
            assertThat(versions(topic)).as(topic.name()).isEqualTo("[1,2]");
        }
    }

    /** An enum without UNKNOWN and without a default: nobody who has it reads what we write. */
    @Test
    void aForeignSchemaThatLeavesNoRoomForOursStopsTheStartAndIsNamed() throws Exception {
        String narrow = withoutDocs(released(Topics.JOB_CONTROL))
                .replace("\"UNKNOWN\",", "")
                .replace(",\"default\":\"UNKNOWN\"", "");
        registered(Topics.JOB_CONTROL, narrow);

        assertThatThrownBy(this::startAService)
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("refuses our schemas")
                .hasMessageContaining(prefix + "job-control: ")
                .hasMessageContaining("MISSING_ENUM_SYMBOLS")
                .hasMessageContaining("schemas/released")
                .hasMessageNotContaining("job-requested");
    }

    @Test
    void andTheSameSchemaComingAfterOursIsRefusedToItsProducer() throws Exception {
        startAService();
        String narrow = withoutDocs(released(Topics.JOB_CONTROL))
                .replace("\"UNKNOWN\",", "")
                .replace(",\"default\":\"UNKNOWN\"", "");

        assertThat(register(Topics.JOB_CONTROL, narrow).statusCode()).isEqualTo(409);
    }

    @Test
    void aServiceThatMayNotRegisterNamesEverySchemaThatIsMissing() throws Exception {
        List<TopicSpec> topics = List.of(Topics.JOB_REQUESTED, Topics.JOB_CONTROL, Topics.WORKERS);
        registered(Topics.JOB_REQUESTED, released(Topics.JOB_REQUESTED));
        registered(Topics.WORKERS, withoutDocs(released(Topics.WORKERS)));
        String[] mayNot = {"schema.registry.auto.register.schemas", "false"};

        assertThatThrownBy(() -> start(clients(mayNot), topics))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("lacks our schemas")
                .hasMessageContaining(prefix + "job-control: ")
                .hasMessageContaining(prefix + "workers: ")
                .hasMessageContaining("mlops topics apply")
                .hasMessageNotContaining("job-requested: ");
        assertThat(versions(Topics.WORKERS)).isEqualTo("[1]");

        assertThat(new RegisterSchemas(clients(mayNot), settings()).register(topics))
                .isEmpty();
        start(clients(mayNot), topics);
    }

    @Test
    void lookingRegistersNothing() throws Exception {
        var schemas = new RegisterSchemas(clients(), settings());
        assertThat(schemas.lookUp(Topics.allWithDeadLetters()))
                .extracting(RegisterSchemas.Refusal::topic)
                .containsExactlyElementsOf(
                        Topics.all().stream().map(it -> prefix + it.name()).toList());
        assertThat(get("/subjects/" + prefix + "job-requested-value/versions").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRegistryThatCannotBeAskedIsWaitedForAndThenNamed() {
        var schemas = new RegisterSchemas(
                clients("schema.registry.url", "http://127.0.0.1:1", "cluster.start-timeout", "100ms"), settings());
        assertThatThrownBy(() -> schemas.register(List.of(Topics.WORKERS)))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("http://127.0.0.1:1")
                .hasMessageContaining("schema.registry.*");
    }

    private void startAService() throws InterruptedException {
        start(clients(), Topics.allWithDeadLetters());
    }

    private void start(KafkaClients clients, List<TopicSpec> topics) throws InterruptedException {
        var use = new ClusterUse("any", topics, List.of(), List.of(), List.of(), List.of());
        new RequireCluster(clients, settings(), use).start(reason -> {});
    }

    private TopicSettings settings() {
        return new TopicSettings(true, prefix, 1, 1);
    }

    private static KafkaClients clients(String... keysAndValues) {
        var values = new HashMap<>(Map.of(
                "bootstrap.servers", platform.bootstrapServers(), "schema.registry.url", platform.schemaRegistryUrl()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new KafkaClients(Settings.of(values).read(KafkaSettings::from));
    }

    private static JobControl control() {
        return JobControl.newBuilder(JobControl.newBuilder()
                        .setJobId("job")
                        .setRun(1)
                        .setAction(dev.unitymlops.events.ControlAction.CANCEL))
                .build();
    }

    /** The newest release's, as a producer in another language takes it. */
    private static String released(TopicSpec topic) throws IOException {
        try (Stream<Path> releases = Files.list(RELEASES)) {
            Path newest = releases.sorted().reduce((older, newer) -> newer).orElseThrow();
            return Files.readString(newest.resolve(topic.name() + ".avsc"));
        }
    }

    /** A copy that keeps only what its owner thought to need. */
    private static String withoutDocs(String schema) throws IOException {
        JsonNode copy = JSON.readTree(schema);
        strip(copy);
        return JSON.writeValueAsString(copy);
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("doc", "logicalType"));
        }
        node.forEach(RegisterSchemasTest::strip);
    }

    private void registered(TopicSpec topic, String schema) throws Exception {
        HttpResponse<String> answer = register(topic, schema);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> register(TopicSpec topic, String schema) throws Exception {
        return HTTP.send(
                request(subject(topic) + "/versions")
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("schema", schema))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String versions(TopicSpec topic) throws Exception {
        return get(subject(topic) + "/versions").body();
    }

    private String subject(TopicSpec topic) {
        return "/subjects/" + prefix + topic.name() + "-value";
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(platform.schemaRegistryUrl() + path));
    }
}
