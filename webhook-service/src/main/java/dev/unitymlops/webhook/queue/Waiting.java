package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookMessage;

/**
 * A message that waits.
 *
 * @param attempts that have ended
 * @param dueAt when the next is due, milliseconds since the epoch
 * @param offset of the message in its partition of the commands
 */
record Waiting(WebhookMessage message, int attempts, long dueAt, long offset) {

    String id() {
        return message.getWebhookId();
    }

    Waiting again(long at) {
        return new Waiting(message, attempts + 1, at, offset);
    }
}
