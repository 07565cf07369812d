package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.TrainingSchedule;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of a schedule. Immutable, as long as nobody changes the definition.
 *
 * @param version of the definition: the offset of its record
 * @param decidedUntil every tick up to this instant is decided
 * @param requests ids of the latest requests to run now, the oldest first
 * @param removed whether it is only remembered, so that no tick is decided again when it is added again
 */
public record Schedule(
        TrainingSchedule definition, long version, Instant decidedUntil, List<String> requests, boolean removed) {

    /** A request that comes again is one of these: it comes again at once, or after a producer's restart. */
    private static final int REQUESTS_KEPT = 64;

    public Schedule {
        requests = List.copyOf(requests);
    }

    public String id() {
        return definition.getScheduleId();
    }

    boolean enabled() {
        return definition.getEnabled();
    }

    /** Jobs that may have a place at once. */
    int limit() {
        Integer own = definition.getMaxConcurrentJobs();
        return own == null ? Integer.MAX_VALUE : own;
    }

    Schedule decidedUntil(Instant tick) {
        return new Schedule(definition, version, tick, requests, removed);
    }

    Schedule remove() {
        return new Schedule(definition, version, decidedUntil, requests, true);
    }

    Schedule answered(String requestId) {
        List<String> all =
                Stream.concat(requests.stream(), Stream.of(requestId)).toList();
        return new Schedule(
                definition,
                version,
                decidedUntil,
                all.subList(Math.max(0, all.size() - REQUESTS_KEPT), all.size()),
                removed);
    }
}
