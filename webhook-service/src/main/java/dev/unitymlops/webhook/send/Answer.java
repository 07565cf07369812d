package dev.unitymlops.webhook.send;

import dev.unitymlops.events.WebhookAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt met.
 *
 * @param reason in words, without secrets; empty where the status says it
 * @param retryAfterMillis what the receiver asks for
 */
record Answer(
        WebhookAnswer kind,
        @Nullable Integer status,
        String reason,
        @Nullable Long retryAfterMillis) {

    static Answer status(int status, @Nullable Long retryAfterMillis) {
        return new Answer(WebhookAnswer.STATUS, status, "", retryAfterMillis);
    }

    static Answer none(String reason) {
        return new Answer(WebhookAnswer.NO_ANSWER, null, reason, null);
    }

    static Answer refusedHere(String reason) {
        return new Answer(WebhookAnswer.REFUSED_HERE, null, reason, null);
    }
}
