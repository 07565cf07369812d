package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookSwitch;
import org.jspecify.annotations.Nullable;

/** A record that goes with a decision. */
sealed interface Output {

    /** What became of an attempt. */
    record Attempted(WebhookDelivery event, @Nullable String traceparent) implements Output {}

    /**
     * A message that is not tried any more.
     *
     * @param again what a replay sends
     * @param offset of the message in its partition of the commands
     */
    record GivenUp(WebhookMessage again, long offset, String reason) implements Output {}

    /** To every partition. */
    record Switched(WebhookSwitch endpoint) implements Output {}
}
