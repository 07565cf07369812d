package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;
import java.time.Instant;

/** Messages and outcomes for tests. */
final class Messages {

    static final long NOW = Instant.parse("2026-11-21T03:00:00Z").toEpochMilli();

    private Messages() {}

    static WebhookMessage message(String type, int run) {
        return WebhookMessage.newBuilder()
                .setWebhookId("msg_" + type.replace('.', '_') + "_" + run)
                .setType(type)
                .setWebhookUrl("https://example.com/hook")
                .setJobId("job")
                .setRun(run)
                .setBody("{}")
                .setAt(Instant.ofEpochMilli(NOW))
                .build();
    }

    static WebhookMessage replayed(WebhookMessage message) {
        return WebhookMessage.newBuilder(message).setRedelivery(1).build();
    }

    static WebhookOutcome answered(WebhookMessage message, int attempt, int status) {
        return outcome(message, attempt, WebhookAnswer.STATUS).setStatus(status).build();
    }

    static WebhookOutcome.Builder outcome(WebhookMessage message, int attempt, WebhookAnswer answer) {
        return WebhookOutcome.newBuilder()
                .setWebhookId(message.getWebhookId())
                .setAttempt(attempt)
                .setEndpoint("https://example.com:443")
                .setTarget(message.getWebhookUrl())
                .setAnswer(answer)
                .setReason(answer == WebhookAnswer.STATUS ? "" : "no answer within 10 s")
                .setTookMs(12)
                .setAt(Instant.ofEpochMilli(NOW));
    }
}
