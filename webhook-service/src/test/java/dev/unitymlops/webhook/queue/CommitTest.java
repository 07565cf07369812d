package dev.unitymlops.webhook.queue;

import static dev.unitymlops.webhook.queue.Messages.NOW;
import static dev.unitymlops.webhook.queue.Messages.answered;
import static dev.unitymlops.webhook.queue.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.WebhookAction;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookControl;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.streams.PollBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What somebody waits for does not wait for the commit interval. */
class CommitTest {

    private final KafkaClients clients = new KafkaClients(
            Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://commits"))
                    .read(KafkaSettings::from));
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

    @Test
    void aMessageIsCommittedAtOnce() {
        MockProcessorContext<String, WebhookCommand> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(NOW);
        TellProcessor tell = new TellProcessor(clock, new PollBatch());
        tell.init(context);
        tell.process(control(WebhookAction.UNKNOWN));
        assertThat(context.committed()).as("nothing to tell").isFalse();
        tell.process(control(WebhookAction.ENABLE));
        assertThat(context.committed()).isTrue();
    }

    @Test
    void messagesThatOnePollBroughtShareATransaction() {
        MockProcessorContext<String, WebhookCommand> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(NOW);
        PollBatch batch = new PollBatch();
        TellProcessor tell = new TellProcessor(clock, batch);
        tell.init(context);
        poll(batch, 2);
        tell.process(control(WebhookAction.ENABLE));
        assertThat(context.committed()).as("the second goes with it").isFalse();
        tell.process(control(WebhookAction.UNKNOWN));
        assertThat(context.committed()).isTrue();
    }

    private static void poll(PollBatch batch, int records) {
        String prefix = StreamsConfig.mainConsumerPrefix("");
        Map<String, Object> config = new HashMap<>();
        batch.streamsConfig().forEach((key, value) -> config.put(key.substring(prefix.length()), value));
        PollBatch.Polled consumer = new PollBatch.Polled();
        consumer.configure(config);
        TopicPartition partition = new TopicPartition("webhook-control", 0);
        consumer.onConsume(new ConsumerRecords<>(
                Map.of(
                        partition,
                        Collections.nCopies(
                                records, new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], new byte[0]))),
                Map.of()));
    }

    @Test
    void anOutcomeIsCommittedAtOnce() {
        MockProcessorContext<String, Object> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(NOW);
        context.setRecordMetadata("webhook-commands", 0, 0);
        store(context, WebhookTopology.TOLD);
        store(context, WebhookTopology.DISABLED);
        DeliverProcessor deliver = new DeliverProcessor(
                new NoOutbox(),
                new Publish("webhook-commands", new Random(1)),
                new PendingDeliveries(new SimpleMeterRegistry(), clock),
                clock,
                new PollBatch());
        deliver.init(context);
        WebhookMessage accepted = message("job.accepted", 1);
        deliver.process(new Record<>("job", new WebhookCommand(accepted), NOW));
        assertThat(context.committed()).as("nobody reads that").isFalse();
        deliver.process(new Record<>("job", new WebhookCommand(answered(accepted, 1, 200)), NOW));
        assertThat(context.committed()).isTrue();
    }

    private Record<String, SpecificRecord> control(WebhookAction action) {
        return new Record<>("endpoint:a", new WebhookControl("endpoint:a", action, "ops", clock.instant()), NOW);
    }

    private void store(MockProcessorContext<?, ?> context, String name) {
        Serde<SpecificRecord> values = Serdes.serdeFrom(clients.serializer(), clients.deserializer());
        var store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    /** Whatever is due goes nowhere. */
    private static final class NoOutbox implements Outbox {
        @Override
        public boolean post(Due due) {
            return true;
        }

        @Override
        public void forget(int partition) {}

        @Override
        public Address address(String webhookUrl) {
            return new Address("https://example.com:443", webhookUrl);
        }
    }
}
