package dev.unitymlops.testkit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** No topic tells the same of a run twice. For topics with one event a run, so not for {@code job-progress}. */
public record EachEventOnce() implements DeliveryGuarantee {

    private record Event(String topic, RunOfJob run) {}

    @Override
    public List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        Map<Event, List<ConsumerRecord<String, ? extends SpecificRecord>>> events = records.stream()
                .collect(groupingBy(
                        it -> new Event(it.topic(), RunOfJob.of(it)), LinkedHashMap::new, Collectors.toList()));
        return events.entrySet().stream()
                .filter(event -> event.getValue().size() > 1)
                .map(event -> event.getKey().run() + " is " + event.getValue().size() + " times on "
                        + event.getKey().topic() + ", at " + positions(event.getValue()))
                .toList();
    }

    private static String positions(List<? extends ConsumerRecord<String, ?>> records) {
        return records.stream().map(it -> it.partition() + "@" + it.offset()).collect(joining(", "));
    }
}
