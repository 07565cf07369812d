package dev.unitymlops.scheduler.topology;

import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.WithoutEffect;
import dev.unitymlops.scheduler.decision.Output;
import dev.unitymlops.scheduler.decision.Refused;
import dev.unitymlops.scheduler.decision.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Hosts {@link Schedules}: what it keeps, what it tells and the offsets of what it read commit in one transaction.
 *
 * <p>Runs on its Streams task's thread only. What it holds beside the stores is read from them at the start.
 */
final class DecideSchedules implements Processor<String, SpecificRecord, String, SpecificRecord> {

    /** How often it is looked what is due; a tick is late by that at most, when nothing else is. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration FORGET = Duration.ofHours(1);

    private final String definitions;
    private final Supplier<Schedules> empty;
    private final Supplier<BooleanSupplier> beginnings;
    private final Clock clock;
    private final CountTicks metrics;
    private final Publish publish;
    private final PollBatch batch;
    private @Nullable Task task;

    /**
     * A processor.
     *
     * @param definitions name of the topic of schedules on this cluster
     * @param empty makes the decisions' memory, of nothing yet
     * @param beginnings tells of each task from its start whether it has caught up
     */
    DecideSchedules(
            String definitions,
            Supplier<Schedules> empty,
            Supplier<BooleanSupplier> beginnings,
            Clock clock,
            CountTicks metrics,
            Publish publish,
            PollBatch batch) {
        this.definitions = definitions;
        this.empty = empty;
        this.beginnings = beginnings;
        this.clock = clock;
        this.metrics = metrics;
        this.publish = publish;
        this.batch = batch;
    }

    /** What a task has once it is initialised. */
    private record Task(
            ProcessorContext<String, SpecificRecord> context,
            Stored stored,
            Schedules schedules,
            BooleanSupplier caughtUp) {}

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        // A task that Streams revives after a failed transaction starts again with this same object.
        Task started = new Task(context, new Stored(context), empty.get(), beginnings.get());
        started.stored.replayTo(started.schedules);
        task = started;
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, any -> look(started));
        context.schedule(
                FORGET, PunctuationType.WALL_CLOCK_TIME, any -> apply(started.schedules.forget(clock.instant())));
    }

    private void look(Task here) {
        if (here.caughtUp.getAsBoolean() && apply(here.schedules.look(clock.instant()))) {
            here.context.commit();
        }
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        boolean decided = true;
        try {
            decided = apply(decide(record));
        } finally {
            if (batch.decided(decided)) {
                task().context.commit();
            }
        }
    }

    private List<Output> decide(Record<String, SpecificRecord> record) {
        RecordMetadata place = task().context.recordMetadata().orElseThrow();
        Schedules schedules = task().schedules;
        Instant now = clock.instant();
        Instant written = Instant.ofEpochMilli(record.timestamp());
        try {
            return switch (record.value()) {
                case TrainingSchedule definition ->
                    schedules.defined(ofItsKey(record.key(), definition), place.offset(), written, now);
                case ScheduleControl control -> schedules.asked(control, now);
                case ScheduledJob job -> schedules.told(job, now);
                case null -> schedules.removed(removed(record.key(), place), written, now);
                default -> throw nonsense("it is no event of this topic");
            };
        } catch (Refused e) {
            throw new WithoutEffect(e);
        }
    }

    private static TrainingSchedule ofItsKey(@Nullable String key, TrainingSchedule definition) {
        if (!definition.getScheduleId().equals(key)) {
            throw nonsense("its key is not its schedule_id");
        }
        return definition;
    }

    private String removed(@Nullable String key, RecordMetadata place) {
        if (key == null || !place.topic().equals(definitions)) {
            throw nonsense("it has no value, and no schedule's key");
        }
        return key;
    }

    private static WithoutEffect nonsense(String why) {
        return new WithoutEffect(new IllegalArgumentException(why));
    }

    /** Keeps and writes what was decided: false when that is nothing. */
    private boolean apply(List<Output> outputs) {
        if (outputs.isEmpty()) {
            return false;
        }
        Task here = task();
        long now = clock.millis();
        for (Output output : outputs) {
            switch (output) {
                case Output.KeepSchedule kept -> here.stored.keep(kept);
                case Output.KeepPlace kept -> here.stored.keep(kept);
                case Output.KeepWaiting kept -> here.stored.keep(kept);
                case Output.Ticked told -> {
                    publish.ticked(here.context, told, now);
                    metrics.ticked(told.event());
                }
                case Output.Requested told -> publish.requested(here.context, told, now);
                case Output.Cancelled told -> publish.cancelled(here.context, told, now);
            }
        }
        metrics.stands(here.schedules.schedules(), here.schedules.waiting(), here.schedules.placesTaken());
        return true;
    }

    @Override
    public void close() {
        metrics.stands(0, 0, 0);
    }

    private Task task() {
        if (task == null) {
            throw new IllegalStateException("the task has not been initialised");
        }
        return task;
    }
}
