package dev.unitymlops.testkit;

import static java.util.stream.Collectors.groupingBy;

import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The records of a run follow the pipeline: none has a {@code ce_time} before that of an earlier topic's, or of an
 * earlier one on its own topic; and each topic keeps all records of a key in one partition.
 *
 * @param topics full names, in the pipeline's order; records of others are left out
 */
public record InOrderPerKey(List<String> topics) implements DeliveryGuarantee {

    public InOrderPerKey {
        topics = List.copyOf(topics);
    }

    /** From {@code job-requested} to {@code model-registered}. */
    public static InOrderPerKey of(String topicPrefix) {
        return new InOrderPerKey(Stream.of(
                        Topics.JOB_REQUESTED,
                        Topics.BUILD_COMPLETED,
                        Topics.TRAINING_COMPLETED,
                        Topics.MODEL_REGISTERED)
                .map(TopicSpec::name)
                .map(topicPrefix::concat)
                .toList());
    }

    @Override
    public List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        var known = records.stream().filter(it -> topics.contains(it.topic())).toList();
        List<String> breaches = new ArrayList<>();
        grouped(known, RunOfJob::of).forEach((run, its) -> breaches.addAll(pairsOutOfOrder(run.toString(), its)));
        grouped(known, it -> it.topic() + " key " + it.key())
                .forEach((place, its) -> breaches.addAll(scattered(place, its)));
        return breaches;
    }

    private List<String> pairsOutOfOrder(String run, List<ConsumerRecord<String, ? extends SpecificRecord>> records) {
        var byPipeline = records.stream()
                .sorted(Comparator.<ConsumerRecord<String, ?>>comparingInt(it -> topics.indexOf(it.topic()))
                        .thenComparingLong(ConsumerRecord::offset))
                .toList();
        List<String> breaches = new ArrayList<>();
        for (int i = 1; i < byPipeline.size(); i++) {
            var earlier = byPipeline.get(i - 1);
            var later = byPipeline.get(i);
            if (time(later).isBefore(time(earlier))) {
                breaches.add(run + ": " + later.topic() + " at " + time(later) + " is before " + earlier.topic()
                        + " at " + time(earlier));
            }
        }
        return breaches;
    }

    private static List<String> scattered(
            String place, List<ConsumerRecord<String, ? extends SpecificRecord>> records) {
        List<Integer> partitions =
                records.stream().map(ConsumerRecord::partition).distinct().toList();
        return partitions.size() == 1 ? List.of() : List.of(place + " is in partitions " + partitions);
    }

    private static <K> Map<K, List<ConsumerRecord<String, ? extends SpecificRecord>>> grouped(
            List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records,
            Function<ConsumerRecord<String, ? extends SpecificRecord>, K> by) {
        return records.stream().collect(groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    private static Instant time(ConsumerRecord<?, ?> record) {
        Header time = record.headers().lastHeader("ce_time");
        if (time == null) {
            throw new AssertionError("The record " + record.topic() + "-" + record.partition() + "@" + record.offset()
                    + " has no ce_time");
        }
        return Instant.parse(new String(time.value(), StandardCharsets.UTF_8));
    }
}
