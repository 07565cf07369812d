package dev.unitymlops.stage.coordinator;

import static dev.unitymlops.stage.coordinator.Samples.event;
import static dev.unitymlops.stage.coordinator.Samples.failed;
import static dev.unitymlops.stage.coordinator.Samples.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.ValueSerdes;
import dev.unitymlops.runtime.streams.GiveUp;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole topology in Kafka's test driver: topics, keys, headers, dead letters. */
class CoordinatorTopologyTest {

    private static final String DEAD_LETTERS = "build-commands.dead-letters";

    private final KafkaClients clients = new KafkaClients(
            Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://topology"))
                    .read(KafkaSettings::from));
    private final Set<String> unreachableFor = new HashSet<>();
    private final Topology topology = topology();
    private TopologyTestDriver driver;
    private TestInputTopic<String, StageCommand> commands;
    private TestOutputTopic<String, StageWork> work;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(topology, config());
        commands = driver.createInputTopic("build-commands", new StringSerializer(), clients.serializer());
        work = driver.createOutputTopic("build-work", new StringDeserializer(), clients.deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aJobGoesFromItsInputToItsEvent() {
        send("job", new InputCommand(1, input("hash")));
        send("job", new ClaimCommand(1, 1L, "w"));
        send("job", new DoneCommand(1, 1, "w", event("the event's bytes")));

        List<TestRecord<String, StageWork>> states = work.readRecordsToList();
        assertThat(states).extracting(TestRecord::key).containsExactly("job", "job", "job");
        assertThat(states.get(0).value().getPhase()).isEqualTo(WorkPhase.QUEUED);
        assertThat(states.get(1).value().getPhase()).isEqualTo(WorkPhase.HELD);
        assertThat(states.get(1).value().getWorker()).isEqualTo("w");
        assertThat(states.get(2).value()).as("tombstone").isNull();

        TestRecord<String, byte[]> published = driver.createOutputTopic(
                        "build-completed", new StringDeserializer(), new ByteArrayDeserializer())
                .readRecord();
        assertThat(published.key()).isEqualTo("job");
        assertThat(new String(published.value(), StandardCharsets.UTF_8)).isEqualTo("the event's bytes");
        assertThat(header(published, "ce_id")).isEqualTo("build-completed/job/1/1");
        assertThat(header(published, "ce_type")).isEqualTo("dev.unitymlops.build-completed");
        assertThat(header(published, "ce_source")).isEqualTo("/build-service");
        assertThat(header(published, "ce_subject")).isEqualTo("job");
        assertThat(header(published, "traceparent"))
                .as("the input's trace goes on in a span of its own")
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void aBadEndGoesToJobFailedAndOtherContentToJobRejected() {
        send("job", new InputCommand(1, input("hash")));
        send("job", new InputCommand(1, input("other")));
        send("job", new CancelCommand(1, "too slow"));
        assertThat(this.<JobFailed>values("job-failed"))
                .extracting(JobFailed::getMessages)
                .containsExactly(List.of("cancelled: too slow"));
        assertThat(this.<JobRejected>values("job-rejected"))
                .extracting(JobRejected::getContentHash)
                .containsExactly("other");
        assertThat(this.<JobProgress>values("job-progress"))
                .extracting(JobProgress::getPhase)
                .containsExactly("accepted");
    }

    @Test
    void bytesThatAreNoCommandAndCommandsWithoutEffectGoToTheDeadLetters() {
        TestInputTopic<String, byte[]> raw =
                driver.createInputTopic("build-commands", new StringSerializer(), new ByteArraySerializer());
        raw.pipeInput("job", "garbage".getBytes(StandardCharsets.UTF_8));
        raw.pipeInput("job", null);
        send(null, new InputCommand(1, input("hash")));
        send("job", new InputCommand(1, input("hash")));

        TestOutputTopic<byte[], byte[]> dead =
                driver.createOutputTopic(DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<byte[]> values = dead.readValuesToList();
        assertThat(values).hasSize(3);
        assertThat(new String(values.getFirst(), StandardCharsets.UTF_8)).isEqualTo("garbage");
        assertThat(work.readRecordsToList()).as("the coordinator goes on").hasSize(1);
    }

    @Test
    void anEndThatCannotBeToldEndsTheTaskInsteadOfTheRun() {
        send("job", new InputCommand(1, input("hash")));
        send("job", new ClaimCommand(1, 1L, "w"));
        unreachableFor.add("job-failed");
        assertThatThrownBy(() -> send("job", failed(1, 1, "w", false, true).failure()))
                .isInstanceOf(StreamsException.class);
    }

    @Test
    void whileTheRegistryIsAwayNoCommandIsGivenUp() {
        unreachableFor.add("build-commands");
        assertThatThrownBy(() -> send("job", new InputCommand(1, input("hash"))))
                .isInstanceOf(StreamsException.class);
        assertThat(driver.producedTopicNames()).doesNotContain(DEAD_LETTERS);
    }

    @Test
    void itsOwnTicksGoToItsOwnPartitionWithoutAKey() {
        send("job", new InputCommand(1, input("hash")));
        send("job", new ClaimCommand(1, 1L, "w"));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        TestOutputTopic<String, StageCommand> ticks =
                driver.createOutputTopic("build-commands", new StringDeserializer(), clients.deserializer());
        assertThat(ticks.readRecordsToList()).singleElement().satisfies(tick -> {
            assertThat(tick.key()).isNull();
            assertThat(Command.of(tick.value())).isInstanceOf(Command.Tick.class);
        });
    }

    private void send(String jobId, Object body) {
        commands.pipeInput(jobId, new StageCommand(body));
    }

    private <V extends SpecificRecord> List<V> values(String topic) {
        return driver.<String, V>createOutputTopic(topic, new StringDeserializer(), clients.deserializer())
                .readValuesToList();
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private Topology topology() {
        ValueSerdes serdes = new ValueSerdes() {
            @Override
            public <V extends SpecificRecord> Serializer<V> serializer() {
                Serializer<V> real = clients.serializer();
                return (topic, value) -> {
                    reach(topic);
                    return real.serialize(topic, value);
                };
            }

            @Override
            public <V extends SpecificRecord> Deserializer<V> deserializer() {
                Deserializer<V> real = clients.deserializer();
                return new Deserializer<>() {
                    @Override
                    public V deserialize(String topic, byte[] bytes) {
                        reach(topic);
                        return real.deserialize(topic, bytes);
                    }

                    @Override
                    public V deserialize(String topic, Headers headers, byte[] bytes) {
                        reach(topic);
                        return real.deserialize(topic, headers, bytes);
                    }
                };
            }
        };
        CoordinatorSettings settings = new CoordinatorSettings(
                Duration.ofSeconds(30),
                Duration.ofDays(31),
                System::nanoTime,
                LocalWorker.NONE,
                new CountDecisions("build", new SimpleMeterRegistry()));
        return new CoordinatorTopology(StageLine.BUILD, name -> name, serdes)
                .build(() -> new CoordinatorProcessor(
                        settings,
                        new Decide(Stage.BUILD, RetryDelay.STANDARD),
                        new Publish(StageLine.BUILD, new Random(1)),
                        new StrayReports("build"),
                        new PollBatch()));
    }

    private void reach(String topic) {
        if (unreachableFor.contains(topic)) {
            throw new SerializationException("no registry", new ConnectException("refused"));
        }
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "build-service");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        config.putAll(GiveUp.config(List.of(Topics.BUILD_COMMANDS), TopicSpec::name, new SimpleMeterRegistry()));
        return config;
    }
}
