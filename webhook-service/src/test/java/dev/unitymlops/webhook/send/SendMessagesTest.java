package dev.unitymlops.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.webhook.queue.Outbox.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message can be posted again when its outcome was not reported, and is not sent twice while it is under way. */
class SendMessagesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    /** Without webhook.secret nothing goes to it: no network is needed. */
    private static final Due DUE = new Due(
            0,
            "job",
            WebhookMessage.newBuilder()
                    .setWebhookId("msg_1")
                    .setType("job.accepted")
                    .setWebhookUrl("https://example.com/hook")
                    .setBody("{}")
                    .setAt(NOW)
                    .build(),
            1);

    private final KafkaClients clients = new KafkaClients(
            Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://send"))
                    .read(KafkaSettings::from));
    private SendMessages sender;

    @AfterEach
    void stop() {
        if (sender != null) {
            sender.close();
        }
    }

    @Test
    void whatIsUnderWayIsNotPostedTwice() {
        start(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(sender.post(DUE)).isTrue();
        assertThat(sender.post(DUE)).as("no broker has its outcome yet").isFalse();
        sender.forget(0);
        assertThat(sender.post(DUE)).as("the partition came back").isTrue();
    }

    @Test
    void whatFailedCanBePostedAgain() {
        Clock broken = new Clock() {
            @Override
            public Instant instant() {
                throw new AssertionError("no time");
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        start(broken);
        assertThat(sender.post(DUE)).isTrue();
        await().atMost(Duration.ofMinutes(1)).until(() -> sender.post(DUE));
    }

    @Test
    void anOutcomeThatTheBrokerRefusesIsAFailure() {
        MockProducer<String, WebhookCommand> refusing = new MockProducer<>() {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<String, WebhookCommand> command) {
                return CompletableFuture.failedFuture(new TopicAuthorizationException(command.topic()));
            }
        };
        WebhookOutcome outcome = WebhookOutcome.newBuilder()
                .setWebhookId("msg_1")
                .setAttempt(1)
                .setEndpoint("https://example.com:443")
                .setTarget("https://example.com/hook")
                .setAnswer(WebhookAnswer.NO_ANSWER)
                .setTookMs(1)
                .setAt(NOW)
                .build();
        try (ReportOutcomes outcomes = new ReportOutcomes("webhook-commands", refusing)) {
            assertThatThrownBy(() -> outcomes.report(DUE, outcome))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    private void start(Clock clock) {
        sender = new SendMessages(
                Settings.of(Map.of()).read(SendSettings::from), clients, "webhook-commands", clock, System::nanoTime);
        sender.start(failure -> {});
    }
}
