package dev.unitymlops.system.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.OneEndPerRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads every topic from the beginning, the artifact store and the process table, and judges what became of the jobs. */
final class Oracle {
    static final String ENDS = "each accepted job ends exactly once";
    static final String ONCE = "each event exactly once";
    static final String HOLDER = "one holder of a job and stage at any point of the log";
    static final String SUPERSEDED = "no output of a superseded attempt is published or registered";
    static final String MODEL = "one model a job";
    static final String ORPHANS = "no orphan process";
    static final String POISON = "what cannot be read is kept with the reason";
    static final String FAILED = "no job fails for a fault";

    private static final TopicSpec[] EVENTS = {
        Topics.JOB_REQUESTED,
        Topics.BUILD_COMPLETED,
        Topics.TRAINING_COMPLETED,
        Topics.MODEL_REGISTERED,
        Topics.JOB_FAILED
    };
    private static final TopicSpec[] WORK = {Topics.BUILD_WORK, Topics.TRAIN_WORK, Topics.REGISTRY_WORK};

    /** What it needs to know. */
    static final List<TopicSpec> READS = Stream.of(
                    Stream.of(EVENTS),
                    Stream.of(WORK),
                    Stream.of(Topics.WORKERS, Topics.JOB_REJECTED, Topics.JOB_CONTROL),
                    Bothersome.POISONED.stream().map(TopicSpec::deadLetters),
                    Stream.of(Topics.BUILD_COMMANDS, Topics.TRAIN_COMMANDS, Topics.REGISTRY_COMMANDS))
            .flatMap(it -> it)
            .toList();

    private Oracle() {}

    /** Judges all jobs so far, which have had their time to end. */
    static Verdict judge(Fleet fleet) {
        Evidence evidence = fleet.evidence();
        evidence.readToEnd();
        Set<String> accepted = fleet.accepted();
        Set<String> lost = new TreeSet<>(accepted);
        lost.removeAll(evidence.ended());
        List<ConsumerRecord<String, SpecificRecord>> events = evidence.events(EVENTS);
        List<ConsumerRecord<String, SpecificRecord>> failed = evidence.events(Topics.JOB_FAILED);
        OneModel models = new OneModel(fleet.artifacts().resolve("registry"));
        Map<String, List<String>> breaches = new LinkedHashMap<>();
        breaches.put(ENDS, OneEndPerRun.of("").breaches(events));
        breaches.put(ONCE, new EachEventOnce().breaches(events));
        breaches.put(HOLDER, new OneHolder().breaches(evidence.events(WORK)));
        breaches.put(SUPERSEDED, new NothingSuperseded().breaches(both(events, evidence.events(WORK))));
        breaches.put(MODEL, models.breaches(events));
        breaches.put(ORPHANS, Orphans.of(fleet));
        breaches.put(POISON, unkeptPoison(evidence));
        breaches.put(
                FAILED, failed.stream().map(it -> it.key() + " " + it.value()).toList());
        return new Verdict(accepted.size(), lost.size(), failed.size(), models.size(), breaches);
    }

    private static List<ConsumerRecord<String, SpecificRecord>> both(
            List<ConsumerRecord<String, SpecificRecord>> some, List<ConsumerRecord<String, SpecificRecord>> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Poison that no dead letter tells of. */
    private static List<String> unkeptPoison(Evidence evidence) {
        Set<String> kept = Bothersome.POISONED.stream()
                .flatMap(topic -> evidence.on(topic.deadLetters()))
                .map(it -> place(
                        header(it, "dead-letter.topic"),
                        header(it, "dead-letter.partition"),
                        header(it, "dead-letter.offset")))
                .collect(Collectors.toSet());
        return Bothersome.POISONED.stream()
                .flatMap(evidence::on)
                .filter(Bothersome::isPoison)
                .map(it ->
                        place(it.raw().topic(), it.raw().partition(), it.raw().offset()))
                .filter(place -> !kept.contains(place))
                .toList();
    }

    private static String place(Object topic, Object partition, Object offset) {
        return topic + "-" + partition + "@" + offset;
    }

    private static String header(Evidence.Seen seen, String name) {
        return new String(seen.raw().headers().lastHeader(name).value(), UTF_8);
    }
}
