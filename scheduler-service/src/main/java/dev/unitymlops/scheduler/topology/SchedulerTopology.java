package dev.unitymlops.scheduler.topology;

import dev.unitymlops.events.ScheduleState;
import dev.unitymlops.events.ScheduledPlace;
import dev.unitymlops.events.WaitingJob;
import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.streams.StateTable;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.FailOnInvalidTimestamp;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Two parts. The first, with a task per partition of the jobs' events, passes on what concerns schedules. The second is one
 * task: the limit over all schedules is counted in one place. Names are fixed, because they name the changelogs.
 */
final class SchedulerTopology {

    /** What the second part reads. */
    static final List<TopicSpec> DECIDED_ON =
            List.of(Topics.TRAINING_SCHEDULES, Topics.SCHEDULE_CONTROL, Topics.SCHEDULED_JOBS);

    /** Those that anybody may write to. */
    static final List<TopicSpec> WITH_DEAD_LETTERS = List.of(Topics.TRAINING_SCHEDULES, Topics.SCHEDULE_CONTROL);

    private static final List<TopicSpec> WRITTEN =
            List.of(Topics.SCHEDULE_TICKS, Topics.JOB_REQUESTED, Topics.JOB_CONTROL);

    /** What the first part reads. */
    static final List<TopicSpec> NOTICED =
            List.of(Topics.MODEL_REGISTERED, Topics.JOB_FAILED, Topics.JOB_REJECTED, Topics.JOB_PROGRESS);

    /** What asks for a schedule that was written in the same millisecond comes after it. */
    private static final TimestampExtractor AFTERWARDS = (request, latest) -> request.timestamp() + 1;

    private static final String EVENTS = "events";
    private static final String NOTICE = "notice";
    private static final String PASSED_ON = "passed-on";
    private static final String DECIDE = "decide";

    private final Function<TopicSpec, String> topicName;
    private final KafkaClients clients;

    SchedulerTopology(Function<TopicSpec, String> topicName, KafkaClients clients) {
        this.topicName = topicName;
        this.clients = clients;
    }

    /** What it does on a cluster. */
    static ClusterUse use(String service) {
        List<TopicSpec> reads =
                Stream.of(DECIDED_ON, NOTICED).flatMap(List::stream).toList();
        List<TopicSpec> writes = Stream.concat(
                        Stream.concat(WRITTEN.stream(), Stream.of(Topics.SCHEDULED_JOBS)),
                        WITH_DEAD_LETTERS.stream().map(TopicSpec::deadLetters))
                .toList();
        List<TopicSpec> changelogs = List.of(
                changelog(service, Stored.SCHEDULES, ScheduleState.getClassSchema()),
                changelog(service, Stored.PLACES, ScheduledPlace.getClassSchema()),
                changelog(service, Stored.WAITING, WaitingJob.getClassSchema()));
        return new ClusterUse(service, reads, writes, List.of(), List.of(), changelogs);
    }

    private static TopicSpec changelog(String service, String store, Schema value) {
        return StateTable.changelog(service, store, value, Topics.SCHEDULER_PARTITIONS);
    }

    Topology build(Supplier<NoticeJobs> notice, Supplier<DecideSchedules> decide) {
        Topology topology = new Topology();
        source(topology, EVENTS, new FailOnInvalidTimestamp(), NOTICED);
        topology.addProcessor(NOTICE, notice::get, EVENTS);
        sink(topology, PASSED_ON, Topics.SCHEDULED_JOBS, NOTICE);
        for (TopicSpec topic : DECIDED_ON) {
            source(
                    topology,
                    topic.name(),
                    topic.equals(Topics.SCHEDULE_CONTROL) ? AFTERWARDS : new FailOnInvalidTimestamp(),
                    List.of(topic));
        }
        topology.addProcessor(
                DECIDE, decide::get, DECIDED_ON.stream().map(TopicSpec::name).toArray(String[]::new));
        topology.addStateStore(StateTable.<SpecificRecord>named(Stored.SCHEDULES, clients), DECIDE);
        topology.addStateStore(StateTable.<SpecificRecord>named(Stored.PLACES, clients), DECIDE);
        topology.addStateStore(StateTable.<SpecificRecord>named(Stored.WAITING, clients), DECIDE);
        sink(topology, Publish.TICKED, Topics.SCHEDULE_TICKS, DECIDE);
        sink(topology, Publish.REQUESTED, Topics.JOB_REQUESTED, DECIDE);
        sink(topology, Publish.CANCELLED, Topics.JOB_CONTROL, DECIDE);
        return topology;
    }

    private void source(Topology topology, String name, TimestampExtractor times, List<TopicSpec> topics) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                times,
                new StringDeserializer(),
                clients.<SpecificRecord>deserializer(),
                topics.stream().map(topicName).toArray(String[]::new));
    }

    private void sink(Topology topology, String name, TopicSpec topic, String from) {
        topology.addSink(
                name, topicName.apply(topic), new StringSerializer(), clients.<SpecificRecord>serializer(), from);
    }
}
