package dev.unitymlops.stage.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Those who wait until a consumer has read and told all that was committed before they asked. Anyone may {@link #ask}; the
 * rest is for the reading thread.
 */
final class ReadUntilNow {

    /** The reading thread has beats to send, so that a broker that is away may hold it up only shortly. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Queue<CompletableFuture<Boolean>> asked = new ConcurrentLinkedQueue<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private volatile boolean over;

    private record Waiting(Map<TopicPartition, Long> ends, List<CompletableFuture<Boolean>> askers) {
        private boolean isRead(Consumer<?, ?> consumer) {
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    /** Completes with true when all is read; with false when nothing will be any more. */
    CompletableFuture<Boolean> ask() {
        CompletableFuture<Boolean> asker = new CompletableFuture<>();
        asked.add(asker);
        if (over) {
            close();
        }
        return asker;
    }

    /** Finds out where the partitions end for those who have asked since the last time. */
    void note(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (asked.isEmpty()) {
            return;
        }
        int askers = asked.size();
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LONGEST);
            List<CompletableFuture<Boolean>> noted = new ArrayList<>();
            for (int i = 0; i < askers; i++) {
                noted.add(asked.remove());
            }
            waiting.add(new Waiting(ends, noted));
        } catch (TimeoutException e) {
            // The broker is away: they are still in line the next time.
            return;
        }
    }

    /** Answers those whose records have been told. */
    void answer(Consumer<?, ?> consumer) {
        waiting.removeIf(each -> {
            boolean read = each.isRead(consumer);
            if (read) {
                each.askers().forEach(asker -> asker.complete(true));
            }
            return read;
        });
    }

    /** Nothing is read any more. */
    void close() {
        over = true;
        for (CompletableFuture<Boolean> asker = asked.poll(); asker != null; asker = asked.poll()) {
            asker.complete(false);
        }
        waiting.forEach(each -> each.askers().forEach(asker -> asker.complete(false)));
    }
}
