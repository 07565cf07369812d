package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards what was decided to the sinks of the topology, with its headers. */
final class Publish {

    static final String SERVICE = "webhook-service";

    private final String commands;
    private final RandomGenerator spanIds;

    /** @param commands the topic of commands as it is called on this cluster */
    Publish(String commands, RandomGenerator spanIds) {
        this.commands = commands;
        this.spanIds = spanIds;
    }

    void output(ProcessorContext<String, Object> to, int partition, String key, Output output) {
        // the broker takes no record that says it is from tomorrow, which the clock of due times may
        long at = to.currentSystemTimeMs();
        switch (output) {
            case Output.Attempted attempted ->
                to.forward(
                        new Record<>(key, attempted.event(), at, headers(attempted, key)), WebhookTopology.DELIVERIES);
            case Output.GivenUp given ->
                to.forward(
                        new Record<>(key, new WebhookCommand(given.again()), at, headers(given, partition)),
                        WebhookTopology.DEAD_LETTERS);
            case Output.Switched switched ->
                to.forward(new Record<>(null, new WebhookCommand(switched.endpoint()), at), WebhookTopology.SWITCHES);
        }
    }

    private Headers headers(Output.Attempted attempted, String key) {
        WebhookDelivery event = attempted.event();
        String topic = Topics.WEBHOOK_DELIVERIES.name();
        RecordHeaders headers = new RecordHeaders();
        EventHeaders.of(
                        topic + "/" + event.getWebhookId() + "/" + event.getAttempt(),
                        topic,
                        SERVICE,
                        key,
                        event.getAt(),
                        TraceParent.continued(attempted.traceparent(), spanIds))
                .writeTo(headers);
        return headers;
    }

    /** In the form of runtime's dead letters: where the message is, and why it is given up. */
    private Headers headers(Output.GivenUp given, int partition) {
        RecordHeaders headers = new RecordHeaders();
        put(headers, "topic", commands);
        put(headers, "partition", Integer.toString(partition));
        put(headers, "offset", Long.toString(given.offset()));
        put(headers, "timestamp", Long.toString(given.again().getAt().toEpochMilli()));
        put(headers, "exception", "WebhookNotDelivered");
        put(headers, "message", given.reason());
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add("dead-letter." + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
