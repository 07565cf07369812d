package dev.unitymlops.webhook.queue;

import static dev.unitymlops.webhook.queue.Messages.answered;
import static dev.unitymlops.webhook.queue.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.WebhookAction;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookControl;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.ValueSerdes;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The topology as it is drawn, and what it adds to the decision: whose turn it is, what is disabled, what is given up. */
class WebhookTopologyTest {

    private static final WebhookMessage ACCEPTED = message("job.accepted", 1);
    private static final WebhookMessage STARTED = message("job.started", 1);

    private final KafkaClients clients = new KafkaClients(
            Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://webhooks"))
                    .read(KafkaSettings::from));
    private final SettableClock clock = SettableClock.at(Instant.ofEpochMilli(Messages.NOW));
    private final List<Outbox.Due> posted = new ArrayList<>();
    private final List<Integer> forgotten = new ArrayList<>();
    private final Set<String> unreachableFor = new HashSet<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Topology topology = topology();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(topology, config());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void itsShapeIsAsDrawn() throws IOException {
        try (InputStream drawn = getClass().getResourceAsStream("webhook-topology.txt")) {
            assertThat(topology.describe().toString())
                    .as("names are part of the changelogs' names: a change loses every delivery that waits")
                    .isEqualToNormalizingWhitespace(new String(drawn.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSecondMessageIsHandedOnWhenTheFirstIsDelivered() {
        command("job", ACCEPTED);
        command("job", STARTED);
        assertThat(posted).containsExactly(new Outbox.Due(0, "job", ACCEPTED, 1));
        assertThat(metrics.get("mlops.webhook.pending").gauge().value()).isEqualTo(2);
        command("job", answered(ACCEPTED, 1, 200));
        assertThat(posted).element(1).isEqualTo(new Outbox.Due(0, "job", STARTED, 1));
        command("job", answered(STARTED, 1, 200));
        assertThat(metrics.get("mlops.webhook.pending").gauge().value()).isZero();
        assertThat(metrics.get("mlops.webhook.deliveries")
                        .tag("outcome", "delivered")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRetryIsHandedOnWhenItIsDueAndOnce() {
        command("job", ACCEPTED);
        command("job", answered(ACCEPTED, 1, 500));
        look();
        assertThat(posted).hasSize(1);
        clock.advance(Duration.ofSeconds(30));
        assertThat(metrics.get("mlops.webhook.oldest.pending.seconds").gauge().value())
                .isEqualTo(30);
        look();
        look();
        assertThat(posted).hasSize(2).last().isEqualTo(new Outbox.Due(0, "job", ACCEPTED, 2));
    }

    @Test
    void whatIsNotHeardOfIsHandedOnAgainAndDoesNotHoldUpItsJobForEver() {
        command("job", ACCEPTED);
        command("job", STARTED);
        command("done", ACCEPTED);
        command("done", answered(ACCEPTED, 1, 200));
        driver.advanceWallClockTime(Duration.ofSeconds(119));
        assertThat(posted).hasSize(2);
        driver.advanceWallClockTime(Duration.ofSeconds(31));
        assertThat(posted).hasSize(3).last().isEqualTo(new Outbox.Due(0, "job", ACCEPTED, 1));
        assertThat(metrics.get("mlops.webhook.unheard").counter().count()).isEqualTo(1);
        command("job", answered(ACCEPTED, 1, 200));
        assertThat(posted).last().isEqualTo(new Outbox.Due(0, "job", STARTED, 1));
    }

    @Test
    void aDisabledEndpointGetsNothingUntilItIsEnabled() {
        command("one", ACCEPTED);
        command("one", answered(ACCEPTED, 1, 410));
        command("two", ACCEPTED);
        assertThat(posted).hasSize(1);
        assertThat(deliveries())
                .extracting(it -> it.value().getOutcome())
                .containsExactly(DeliveryOutcome.ENDPOINT_DISABLED, DeliveryOutcome.ENDPOINT_DISABLED);
        List<TestRecord<String, WebhookCommand>> letters = letters();
        assertThat(letters).extracting(TestRecord::key).containsExactly("one", "two");
        String url = ACCEPTED.getWebhookUrl();
        input(Topics.WEBHOOK_CONTROL, url, new WebhookControl(url, WebhookAction.ENABLE, "ops", clock.instant()));
        command("two", letters.getLast().value().getBody());
        assertThat(posted).hasSize(2).last().extracting(Outbox.Due::key).isEqualTo("two");
    }

    @Test
    void aLetterSaysWhereItBelongsAndWhy() {
        command("job", ACCEPTED);
        command("job", answered(ACCEPTED, 1, 404));
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(header(letter, "dead-letter.topic")).isEqualTo("webhook-commands");
            assertThat(header(letter, "dead-letter.partition")).isEqualTo("0");
            assertThat(header(letter, "dead-letter.offset")).isEqualTo("0");
            assertThat(header(letter, "dead-letter.message")).isEqualTo("HTTP status 404");
        });
        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(header(delivery, "ce_id")).isEqualTo("webhook-deliveries/" + ACCEPTED.getWebhookId() + "/1");
            assertThat(header(delivery, "ce_type")).isEqualTo("dev.unitymlops.webhook-deliveries");
        });
    }

    @Test
    void whatNobodyCanReadOrUseGoesToTheDeadLettersOfItsTopic() {
        var raw = driver.createInputTopic("job-progress", new StringSerializer(), new ByteArraySerializer());
        raw.pipeInput("job", "garbage".getBytes(StandardCharsets.UTF_8));
        var commands = driver.createInputTopic("webhook-commands", new StringSerializer(), new ByteArraySerializer());
        commands.pipeInput("job", "rubbish".getBytes(StandardCharsets.UTF_8));
        input(Topics.WEBHOOK_COMMANDS, null, new WebhookCommand(ACCEPTED));
        command("job", ACCEPTED);
        assertThat(raw("job-progress.dead-letters"))
                .extracting(it -> new String(it.value(), StandardCharsets.UTF_8))
                .containsExactly("garbage");
        assertThat(raw("webhook-commands.dead-letters"))
                .hasSize(2)
                .first()
                .satisfies(it -> assertThat(header(it, "dead-letter.offset")).isEqualTo("0"));
        assertThat(posted).as("the service goes on").hasSize(1);
    }

    @Test
    void whileTheRegistryIsAwayNothingIsGivenUp() {
        unreachableFor.add("webhook-commands");
        assertThatThrownBy(() -> command("job", ACCEPTED)).isInstanceOf(StreamsException.class);
        assertThat(driver.producedTopicNames()).doesNotContain("webhook-commands.dead-letters");
    }

    @Test
    void aPartitionThatGoesElsewhereIsForgotten() {
        command("job", ACCEPTED);
        forgotten.clear();
        driver.close();
        assertThat(forgotten).contains(0);
        assertThat(metrics.get("mlops.webhook.pending").gauge().value()).isZero();
        // what is closed after each test
        start();
    }

    private void look() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    private void command(String key, Object body) {
        input(Topics.WEBHOOK_COMMANDS, key, new WebhookCommand(body));
    }

    private <V extends SpecificRecord> void input(TopicSpec topic, String key, V value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), clients.<V>serializer())
                .pipeInput(key, value);
    }

    private List<TestRecord<String, WebhookDelivery>> deliveries() {
        return driver.createOutputTopic(
                        "webhook-deliveries", new StringDeserializer(), clients.<WebhookDelivery>deserializer())
                .readRecordsToList();
    }

    private List<TestRecord<String, WebhookCommand>> letters() {
        return driver.createOutputTopic(
                        "webhook-commands.dead-letters",
                        new StringDeserializer(),
                        clients.<WebhookCommand>deserializer())
                .readRecordsToList();
    }

    private List<TestRecord<byte[], byte[]>> raw(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private Topology topology() {
        ValueSerdes serdes = new ValueSerdes() {
            @Override
            public <V extends SpecificRecord> Serializer<V> serializer() {
                return clients.serializer();
            }

            @Override
            public <V extends SpecificRecord> Deserializer<V> deserializer() {
                Deserializer<V> real = clients.deserializer();
                return new Deserializer<>() {
                    @Override
                    public V deserialize(String topic, byte[] bytes) {
                        if (unreachableFor.contains(topic)) {
                            throw new SerializationException("no registry", new ConnectException("refused"));
                        }
                        return real.deserialize(topic, bytes);
                    }

                    @Override
                    public V deserialize(String topic, Headers headers, byte[] bytes) {
                        return deserialize(topic, bytes);
                    }
                };
            }
        };
        Outbox outbox = new Outbox() {
            @Override
            public boolean post(Due due) {
                return posted.add(due);
            }

            @Override
            public void forget(int partition) {
                forgotten.add(partition);
            }

            @Override
            public Address address(String webhookUrl) {
                return new Address("https://example.com:443", webhookUrl);
            }
        };
        PollBatch batch = new PollBatch();
        Publish publish = new Publish("webhook-commands", new Random(1));
        PendingDeliveries pending = new PendingDeliveries(metrics, clock);
        return new WebhookTopology(name -> name, serdes)
                .build(
                        () -> new TellProcessor(clock, batch),
                        () -> new DeliverProcessor(outbox, publish, pending, clock, batch));
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "webhook-service");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        config.putAll(GiveUp.config(Deliveries.READ, TopicSpec::name, metrics));
        return config;
    }
}
