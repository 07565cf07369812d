package dev.unitymlops.webhook.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the outbox was given of one partition, so that it is given once, and again when nothing is heard of it. Used on its
 * task's thread only. Times are the machine's, in milliseconds since the epoch: it is a process's delay that is measured.
 */
final class UnderWay {

    private static final Logger LOG = LoggerFactory.getLogger(UnderWay.class);

    /** So long after it was given to the outbox; what that still has is not sent twice. */
    private static final Duration UNHEARD = Duration.ofMinutes(2);

    private final Outbox outbox;
    private final PendingDeliveries pending;
    private final Map<String, Given> byKey = new HashMap<>();

    private record Given(Outbox.Due due, long at) {}

    UnderWay(Outbox outbox, PendingDeliveries pending) {
        this.outbox = outbox;
        this.pending = pending;
    }

    void post(Outbox.Due due, long now) {
        Given before = byKey.get(due.key());
        if (before == null || !before.due.equals(due)) {
            byKey.put(due.key(), new Given(due, now));
            var unused = outbox.post(due);
        }
    }

    /**
     * Makes attempts again whose outcome could not be reported or read, or whose sender failed: the job's other messages
     * wait for them.
     */
    void postUnheard(Predicate<Outbox.Due> awaited, long now) {
        byKey.replaceAll((key, given) -> {
            if (now - given.at < UNHEARD.toMillis() || !awaited.test(given.due)) {
                return given;
            }
            if (outbox.post(given.due)) {
                pending.unheard();
                LOG.warn(
                        "Nothing was heard of an attempt, it is made again webhookId={} attempt={}",
                        given.due.message().getWebhookId(),
                        given.due.attempt());
            }
            return new Given(given.due, now);
        });
    }

    void remove(String key) {
        byKey.remove(key);
    }

    void clear() {
        byKey.clear();
    }
}
