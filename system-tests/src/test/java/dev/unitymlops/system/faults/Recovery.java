package dev.unitymlops.system.faults;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long until what was struck made something again. */
final class Recovery {
    private Recovery() {}

    /** Empty when it made nothing more, as happens when others were quicker. */
    static Optional<Duration> of(Fleet fleet, Hit hit, Instant from) {
        Evidence evidence = fleet.evidence();
        Part part = hit.cell().part();
        Stream<Evidence.Seen> ends = Part.SERVICES.contains(part)
                ? evidence.on(part.output()).filter(madeBy(fleet, part, hit.member()))
                : Part.SERVICES.stream().map(Part::output).flatMap(evidence::on);
        return ends.filter(it -> !it.bothers())
                .map(Evidence.Seen::at)
                .filter(it -> it.isAfter(from))
                .min(Instant::compareTo)
                .map(it -> Duration.between(from, it));
    }

    /** By the member's process that runs now, which is the one that was started after a kill. */
    private static Predicate<Evidence.Seen> madeBy(Fleet fleet, Part part, String member) {
        Evidence evidence = fleet.evidence();
        long pid = fleet.member(member).pid();
        Set<String> workers = evidence.events(Topics.WORKERS).stream()
                .filter(it -> it.value() instanceof WorkerPresence presence && presence.getPid() == pid)
                .map(it -> it.key())
                .collect(Collectors.toSet());
        Map<String, String> lastHolder = new HashMap<>();
        evidence.events(part.work()).forEach(it -> {
            if (it.value() instanceof StageWork work && work.getWorker() != null) {
                lastHolder.put(it.key(), work.getWorker());
            }
        });
        return it -> workers.contains(lastHolder.get(it.key()));
    }
}
