package dev.unitymlops.scheduler.topology;

import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.ScheduleState;
import dev.unitymlops.events.ScheduledPlace;
import dev.unitymlops.events.WaitingJob;
import dev.unitymlops.scheduler.decision.Output;
import dev.unitymlops.scheduler.decision.Place;
import dev.unitymlops.scheduler.decision.Schedule;
import dev.unitymlops.scheduler.decision.Schedules;
import dev.unitymlops.scheduler.decision.Waiting;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is kept of decisions, in the stores of a task. */
final class Stored {

    static final String SCHEDULES = "schedules";
    static final String PLACES = "places";
    static final String WAITING = "waiting";

    private final KeyValueStore<String, ScheduleState> schedules;
    private final KeyValueStore<String, ScheduledPlace> places;
    private final KeyValueStore<String, WaitingJob> waiting;

    Stored(ProcessorContext<?, ?> context) {
        schedules = context.getStateStore(SCHEDULES);
        places = context.getStateStore(PLACES);
        waiting = context.getStateStore(WAITING);
    }

    /** Tells all that is kept. */
    void replayTo(Schedules to) {
        each(schedules, kept -> to.replay(new Output.KeepSchedule(kept.key, read(kept.value))));
        each(places, kept -> to.replay(new Output.KeepPlace(kept.key, read(kept.value))));
        each(waiting, kept -> to.replay(new Output.KeepWaiting(Long.parseLong(kept.key), read(kept.value))));
    }

    private static <V> void each(KeyValueStore<String, V> store, Consumer<KeyValue<String, V>> action) {
        try (KeyValueIterator<String, V> all = store.all()) {
            all.forEachRemaining(action);
        }
    }

    void keep(Output.KeepSchedule kept) {
        Schedule schedule = kept.schedule();
        schedules.put(
                kept.scheduleId(),
                schedule == null
                        ? null
                        : new ScheduleState(
                                schedule.definition(),
                                schedule.version(),
                                schedule.decidedUntil(),
                                schedule.requests(),
                                schedule.removed()));
    }

    void keep(Output.KeepPlace kept) {
        Place place = kept.place();
        places.put(
                kept.jobId(),
                place == null
                        ? null
                        : new ScheduledPlace(
                                place.scheduleId(),
                                place.run(),
                                place.taken() ? JobPlace.TAKEN : JobPlace.FREED,
                                place.at()));
    }

    void keep(Output.KeepWaiting kept) {
        Waiting job = kept.job();
        waiting.put(
                Long.toString(kept.number()),
                job == null ? null : new WaitingJob(job.scheduleId(), job.tick(), job.job(), job.cancelled()));
    }

    private static Schedule read(ScheduleState kept) {
        return new Schedule(
                kept.getDefinition(), kept.getVersion(), kept.getDecidedUntil(), kept.getRequests(), kept.getRemoved());
    }

    private static Place read(ScheduledPlace kept) {
        return new Place(kept.getScheduleId(), kept.getRun(), kept.getPlace() == JobPlace.TAKEN, kept.getAt());
    }

    private static Waiting read(WaitingJob kept) {
        return new Waiting(kept.getScheduleId(), kept.getTick(), kept.getJob(), kept.getCancelled());
    }
}
