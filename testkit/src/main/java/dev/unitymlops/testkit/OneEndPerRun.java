package dev.unitymlops.testkit;

import static java.util.stream.Collectors.filtering;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;

import dev.unitymlops.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Every run that appears on any topic ends in exactly one record on one of the end topics.
 *
 * @param endTopics full names
 */
public record OneEndPerRun(Set<String> endTopics) implements DeliveryGuarantee {

    public OneEndPerRun {
        endTopics = Set.copyOf(endTopics);
    }

    /** With the ends that the pipeline has, {@code model-registered} and {@code job-failed}. */
    public static OneEndPerRun of(String topicPrefix) {
        return new OneEndPerRun(
                Set.of(topicPrefix + Topics.MODEL_REGISTERED.name(), topicPrefix + Topics.JOB_FAILED.name()));
    }

    @Override
    public List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        Map<RunOfJob, List<String>> ends = records.stream()
                .collect(groupingBy(
                        RunOfJob::of,
                        LinkedHashMap::new,
                        filtering(
                                it -> endTopics.contains(it.topic()),
                                mapping(ConsumerRecord::topic, Collectors.toList()))));
        return ends.entrySet().stream()
                .filter(run -> run.getValue().size() != 1)
                .map(run -> run.getKey() + " has " + run.getValue().size() + " ends " + run.getValue())
                .toList();
    }
}
