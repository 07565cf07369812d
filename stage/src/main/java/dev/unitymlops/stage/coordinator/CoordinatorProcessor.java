package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageState;
import dev.unitymlops.runtime.streams.DueTimes;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.WithoutEffect;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Hosts {@link Decide} for one partition of a stage's commands: state, outputs and offset commit in one transaction.
 *
 * <p>Runs on its Streams task's thread only. What it holds beside the store is derived from it at the start.
 */
final class CoordinatorProcessor implements Processor<String, StageCommand, String, Object> {

    /** How often back-offs and echoes are looked at; nothing waits on it but them. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Duration FORGET = Duration.ofHours(1);

    private final CoordinatorSettings settings;
    private final Decide decide;
    private final Publish publish;
    private final StrayReports strays;
    private final PollBatch batch;
    private final Map<String, Live> live = new HashMap<>();
    private final DueTimes backoffs = new DueTimes();

    private @Nullable Task task;

    /** There while a job is held or backs off: Streams commits after a punctuation, also when it did nothing. */
    private @Nullable Cancellable looking;

    CoordinatorProcessor(
            CoordinatorSettings settings, Decide decide, Publish publish, StrayReports strays, PollBatch batch) {
        this.settings = settings;
        this.decide = decide;
        this.publish = publish;
        this.strays = strays;
        this.batch = batch;
    }

    /** What a task has once it is initialised. */
    private record Task(
            ProcessorContext<String, Object> context,
            KeyValueStore<String, StageState> store,
            Echoes echoes,
            int partition) {}

    @Override
    public void init(ProcessorContext<String, Object> context) {
        int partition = context.taskId().partition();
        Task started = new Task(
                context,
                context.getStateStore(CoordinatorTopology.STORE),
                new Echoes(partition, settings.lease(), settings.nanoTime()),
                partition);
        task = started;
        // A task that Streams revives after a failed transaction starts again with this same object.
        live.clear();
        backoffs.clear();
        settings.worker().forget(partition);
        try (KeyValueIterator<String, StageState> all = started.store.all()) {
            all.forEachRemaining(entry -> remember(started, entry.key, StateRecord.read(entry.key, entry.value)));
        }
        context.schedule(FORGET, PunctuationType.WALL_CLOCK_TIME, this::forget);
        looking = null;
        lookWhileNeeded(started);
    }

    private void lookWhileNeeded(Task here) {
        boolean needed = !here.echoes.idle() || !backoffs.isEmpty();
        if (needed && looking == null) {
            looking = here.context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
        } else if (!needed && looking != null) {
            looking.cancel();
            looking = null;
        }
    }

    @Override
    public void process(Record<String, StageCommand> record) {
        Task here = task();
        boolean published = true;
        try {
            Command command = read(record);
            if (command instanceof Command.Tick tick) {
                published = silences(here, here.echoes.cameBack(tick));
            } else {
                published = apply(here, record.key(), command);
            }
        } finally {
            lookWhileNeeded(here);
            if (batch.decided(published)) {
                here.context.commit();
            }
        }
    }

    private boolean silences(Task here, Collection<String> jobIds) {
        boolean published = false;
        for (String jobId : jobIds) {
            published |= silence(here, jobId);
        }
        return published;
    }

    private Command read(Record<String, StageCommand> record) {
        try {
            Command command = Command.of(record.value());
            if (record.key() == null && !(command instanceof Command.Tick)) {
                throw new IllegalArgumentException("it names no job: its key is missing");
            }
            return command;
        } catch (RuntimeException e) {
            throw undecidable(e);
        }
    }

    private WithoutEffect undecidable(RuntimeException reason) {
        settings.metrics().undecidable();
        return new WithoutEffect(reason);
    }

    @Override
    public void close() {
        if (task != null) {
            settings.worker().forget(task.partition);
        }
    }

    private void look(long now) {
        Task here = task();
        List<String> over = backoffs.over(now);
        over.forEach(jobId -> apply(here, jobId, new Command.Wake()));
        Optional<StageCommand> due = here.echoes.due();
        due.ifPresent(tick -> publish.tick(here.context, tick, now));
        if (!over.isEmpty() || due.isPresent()) {
            here.context.commit();
        }
        lookWhileNeeded(here);
    }

    /** Drops the markers of runs whose input can no longer come again. */
    private void forget(long now) {
        KeyValueStore<String, StageState> store = task().store;
        long horizon = now - settings.duplicateHorizon().toMillis();
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, StageState> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (StateRecord.endedBefore(entry.value, horizon)) {
                    old.add(entry.key);
                }
            });
        }
        old.forEach(store::delete);
    }

    private boolean silence(Task here, String jobId) {
        Live held = live.get(jobId);
        if (held == null) {
            return false;
        }
        return switch (held.phase()) {
            case Held holder -> apply(here, jobId, new Command.Silence(held.run(), held.attempt(), holder.worker()));
            case Cancelling holder ->
                apply(here, jobId, new Command.Silence(held.run(), held.attempt(), holder.worker()));
            case Queued ignored -> released(here, jobId);
            case Waiting ignored -> released(here, jobId);
        };
    }

    private static boolean released(Task here, String jobId) {
        here.echoes.released(jobId);
        return false;
    }

    /** Decides, keeps the new state and writes what follows: true if that is anything others read. */
    private boolean apply(Task here, String jobId, Command command) {
        JobState before = state(here, jobId);
        long now = here.context.currentSystemTimeMs();
        Decision decision = decide(jobId, before, command, now);
        settings.metrics().decided(command, decision.verdict());
        if (command instanceof Command.Report report) {
            if (decision.verdict() == Decision.Verdict.APPLIED) {
                here.echoes.heard(jobId);
            } else {
                strays.ignored(jobId, report);
            }
        }
        JobState next = decision.next();
        boolean published = !decision.outputs().isEmpty();
        if (next != null && !next.equals(before)) {
            here.store.put(jobId, StateRecord.of(next));
            published |= publish.work(here.context, jobId, before, next, now);
            remember(here, jobId, next);
            grant(here, jobId, before, next);
        }
        decision.outputs().forEach(output -> publish.output(here.context, jobId, output, now));
        return published;
    }

    private Decision decide(String jobId, @Nullable JobState before, Command command, long now) {
        try {
            return decide.decide(jobId, before, command, now, settings.worker().offer());
        } catch (RuntimeException e) {
            throw undecidable(e);
        }
    }

    private @Nullable JobState state(Task here, String jobId) {
        Live known = live.get(jobId);
        if (known != null) {
            return known;
        }
        StageState stored = here.store.get(jobId);
        return stored == null ? null : StateRecord.read(jobId, stored);
    }

    private void remember(Task here, String jobId, JobState state) {
        live.remove(jobId);
        backoffs.remove(jobId);
        boolean held = false;
        if (state instanceof Live job) {
            live.put(jobId, job);
            switch (job.phase()) {
                case Waiting waiting -> backoffs.put(jobId, waiting.until());
                case Held ignored -> held = true;
                case Cancelling ignored -> held = true;
                case Queued ignored -> held = false;
            }
        }
        if (held) {
            here.echoes.heard(jobId);
        } else {
            here.echoes.released(jobId);
        }
    }

    private void grant(Task here, String jobId, @Nullable JobState before, JobState next) {
        boolean unclaimed = !(before instanceof Live queued && queued.phase() instanceof Queued);
        if (unclaimed && next instanceof Live job && job.phase() instanceof Held held && !held.reported()) {
            settings.worker().granted(here.partition, jobId, job.attempt());
        }
    }

    private Task task() {
        if (task == null) {
            throw new IllegalStateException("the task has not been initialised");
        }
        return task;
    }
}
