package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageState;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.stage.StageLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.jspecify.annotations.Nullable;

/** A coordinator's task as Kafka Streams hosts it, without a broker: its store is what a changelog gives. */
final class HostedTask {

    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final Changelog changelog = new Changelog();
    private final KeyValueStore<String, StageState> store;
    private final CoordinatorProcessor processor;
    private Offer offer = Offer.NONE;

    /** A record that the task wrote. */
    record Told(String sink, @Nullable String key, @Nullable Object value, long at) {}

    /** A task that begins with the store that these records of a changelog leave. */
    HostedTask(List<KeyValue<Bytes, byte[]>> restored) {
        store = openStore(changelog.asSupplier(), context);
        restored.forEach(record -> changelog.put(record.key, record.value));
        processor = processor(StageLine.BUILD, new Offering());
        processor.init(context);
    }

    /** A processor of that stage on which time does not pass. */
    static CoordinatorProcessor processor(StageLine<?, ?> line, LocalWorker worker) {
        return new CoordinatorProcessor(
                new CoordinatorSettings(
                        Duration.ofSeconds(30),
                        Duration.ofDays(31),
                        () -> 1,
                        worker,
                        new CountDecisions(line.word(), new SimpleMeterRegistry())),
                new Decide(line.stage(), RetryDelay.STANDARD),
                new Publish(line, new Random(1)),
                new StrayReports(line.word()),
                new PollBatch());
    }

    List<KeyValue<Bytes, byte[]>> changelog() {
        return changelog.written;
    }

    /** Gives the task the command at that time; returns what it wrote, its own ticks left out. */
    List<Told> decide(World.Decided decided) {
        context.resetForwards();
        context.setCurrentSystemTimeMs(decided.now());
        offer = decided.offer();
        wire(decided.command())
                .ifPresentOrElse(
                        body -> processor.process(new Record<>(decided.jobId(), new StageCommand(body), decided.now())),
                        () -> look(decided.now()));
        return context.forwarded().stream()
                .filter(forward -> !forward.childName().equals(Optional.of(Publish.TICK)))
                .map(forward -> new Told(
                        forward.childName().orElseThrow(),
                        (String) forward.record().key(),
                        forward.record().value() instanceof byte[] event
                                ? ByteBuffer.wrap(event)
                                : forward.record().value(),
                        forward.record().timestamp()))
                .toList();
    }

    /** The state of each job. */
    Map<String, StageState> state() {
        Map<String, StageState> state = new TreeMap<>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> state.put(entry.key, entry.value));
        }
        return state;
    }

    private void look(long now) {
        context.scheduledPunctuators().stream()
                .filter(scheduled ->
                        !scheduled.cancelled() && scheduled.getInterval().toMinutes() == 0)
                .toList()
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(now));
    }

    /** The body of the command as others send it; what the coordinator makes itself comes of looking. */
    private static Optional<Object> wire(Command command) {
        return switch (command) {
            case Command.Input c -> Optional.of(new InputCommand(c.run(), c.input()));
            case Command.Cancel c -> Optional.of(new CancelCommand(c.run(), c.reason()));
            case Command.Retry c -> Optional.of(new RetryCommand(c.run(), c.resume()));
            case Command.Claim c -> Optional.of(new ClaimCommand(c.run(), c.version(), c.worker()));
            case Command.Beat c -> Optional.of(new BeatCommand(c.run(), c.attempt(), c.worker()));
            case Command.Decline c ->
                Optional.of(new DeclineCommand(c.run(), c.attempt(), c.worker(), c.delayMs(), c.reason()));
            case Command.Done c -> Optional.of(new DoneCommand(c.run(), c.attempt(), c.worker(), c.event()));
            case Command.Failed c -> Optional.of(c.failure());
            case Command.Silence ignored -> Optional.empty();
            case Command.Wake ignored -> Optional.empty();
            case Command.Tick ignored -> Optional.empty();
        };
    }

    /** The coordinator's store with what holds its bytes, written as the services write it. */
    static KeyValueStore<String, StageState> openStore(
            KeyValueBytesStoreSupplier bytes, MockProcessorContext<String, Object> context) {
        KafkaClients clients = new KafkaClients(
                Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://hosted-task"))
                        .read(KafkaSettings::from));
        KeyValueStore<String, StageState> opened = Stores.keyValueStoreBuilder(
                        bytes,
                        Serdes.String(),
                        Serdes.serdeFrom(clients.<StageState>serializer(), clients.<StageState>deserializer()))
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        context.addStateStore(opened);
        opened.init(context.getStateStoreContext(), opened);
        return opened;
    }

    /** Keeps every record that the store would write to its changelog. */
    private static final class Changelog extends InMemoryKeyValueStore {
        private final List<KeyValue<Bytes, byte[]>> written = new ArrayList<>();

        Changelog() {
            super(CoordinatorTopology.STORE);
        }

        @Override
        public synchronized void put(Bytes key, byte[] value) {
            written.add(KeyValue.pair(key, value));
            super.put(key, value);
        }

        KeyValueBytesStoreSupplier asSupplier() {
            return new KeyValueBytesStoreSupplier() {
                @Override
                public String name() {
                    return CoordinatorTopology.STORE;
                }

                @Override
                public KeyValueStore<Bytes, byte[]> get() {
                    return Changelog.this;
                }

                @Override
                public String metricsScope() {
                    return "in-memory";
                }
            };
        }
    }

    private final class Offering implements LocalWorker {
        @Override
        public Offer offer() {
            return offer;
        }

        @Override
        public void granted(int partition, String jobId, int attempt) {}

        @Override
        public void forget(int partition) {}
    }
}
