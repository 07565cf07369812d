package dev.unitymlops.scheduler.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether all that stood on the topics when a task began is dealt with, wherever the tasks are that do so. Until then a tick
 * could be skipped for a job that ended while nobody looked. It is asked again and again, on one thread, and never waits.
 */
final class CatchUp implements BooleanSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final Admin admin;
    private final String group;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final long begun;
    private final Deque<List<String>> phases;
    private @Nullable CompletableFuture<Map<TopicPartition, Long>> ends;
    private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);

    /**
     * A beginning.
     *
     * @param group whose commits tell how far it is
     * @param phases topics that are caught up one group after the other: what the first lead to stands on the next
     * @param longest then ticks are decided by what is known: being late is worse
     */
    CatchUp(Admin admin, String group, List<List<String>> phases, Duration longest, LongSupplier nanoTime) {
        this.admin = admin;
        this.group = group;
        this.phases = new ArrayDeque<>(phases);
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    @Override
    public boolean getAsBoolean() {
        if (phases.isEmpty()) {
            return true;
        }
        if (nanoTime.getAsLong() - begun > longest.toNanos()) {
            LOG.warn("Ticks are decided before all that was told meanwhile is read topics={}", phases.peek());
            phases.clear();
            return true;
        }
        if (answer.isDone()) {
            ask();
        }
        return phases.isEmpty();
    }

    private void ask() {
        if (!answer.isCompletedExceptionally() && answer.join()) {
            phases.remove();
            ends = null;
        }
        List<String> topics = phases.peek();
        if (topics != null) {
            CompletableFuture<Map<TopicPartition, Long>> until =
                    ends == null || ends.isCompletedExceptionally() ? ends(topics) : ends;
            ends = until;
            answer = until.thenCombine(committed(), CatchUp::reached);
        }
    }

    private CompletableFuture<Map<TopicPartition, Long>> ends(Collection<String> topics) {
        ListOffsetsOptions committedOnly = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        return admin.describeTopics(topics)
                .allTopicNames()
                .toCompletionStage()
                .thenCompose(found -> admin.listOffsets(latest(found.values()), committedOnly)
                        .all()
                        .toCompletionStage())
                .thenApply(found -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> end.getValue().offset())))
                .toCompletableFuture();
    }

    private static Map<TopicPartition, OffsetSpec> latest(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
    }

    private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage();
    }

    /** An empty partition has nothing that could be committed. */
    private static boolean reached(Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
        });
    }
}
