package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookMessage;

/**
 * A message that waits.
 *
 * @param attempts that have ended
 * @param dueAt when the next is due, milliseconds since the epoch
 */
record Waiting(WebhookMessage message, int attempts, long dueAt) {

    String id() {
        return message.getWebhookId();
    }

    Waiting again(long at) {
        return new Waiting(message, attempts + 1, at);
    }
}
