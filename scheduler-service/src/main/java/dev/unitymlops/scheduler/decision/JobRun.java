package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.ScheduledJob;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event of a run does to the place of its job. */
final class JobRun {

    private JobRun() {}

    /**
     * The place afterwards; empty when nothing changes.
     *
     * <p>A run's end may be read before its beginning, as they stand on different topics. So an end is remembered, and
     * what is told of a run that has ended, or of an earlier one, counts for nothing.
     */
    static Optional<Place> placeAfter(@Nullable Place before, ScheduledJob told, Instant now) {
        boolean takes = told.getPlace() == JobPlace.TAKEN;
        String scheduleId = before == null ? told.getScheduleId() : before.scheduleId();
        if (scheduleId == null) {
            return Optional.empty();
        }
        int run = before == null ? 0 : before.run();
        boolean isNews = takes ? told.getRun() > run : told.getRun() > run || (told.getRun() == run && isTaken(before));
        return isNews ? Optional.of(new Place(scheduleId, told.getRun(), takes, now)) : Optional.empty();
    }

    private static boolean isTaken(@Nullable Place place) {
        return place != null && place.taken();
    }
}
