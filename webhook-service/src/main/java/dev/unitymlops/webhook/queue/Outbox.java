package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;

/** Takes what is due and delivers it elsewhere. Thread-safe; never blocks. */
public interface Outbox {

    /**
     * A message whose turn it is.
     *
     * @param partition of the commands, where the outcome goes
     * @param key of the commands: the job or schedule
     * @param attempt from 1
     */
    record Due(int partition, String key, WebhookMessage message, int attempt) {}

    /** What a job's or schedule's {@code webhook_url} stands for. */
    record Address(String endpoint, String target) {}

    /**
     * Tries to deliver it, in its own time, and sends the {@link WebhookOutcome} as a command. When that fails nothing is
     * sent: it is to be posted again.
     *
     * @return false: it is under way already, or nothing is sent any more
     */
    boolean post(Due due);

    /** The partition belongs to another instance now: what is under way is left to its fate, what waits is dropped. */
    void forget(int partition);

    /** Where it would go. */
    Address address(String webhookUrl);
}
