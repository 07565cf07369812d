package dev.unitymlops.stage.worker;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.stage.coordinator.LocalWorker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage's worker: reads who works on what, claims what fits, starts what it has been given and stops what it has no
 * longer. One thread reads and decides; each attempt has its own.
 */
public final class Worker implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PRESENCE_AT_MOST = Duration.ofSeconds(1);

    /** An attempt that is over sooner tells so itself: a beat before that would only cost a transaction. */
    private static final Duration FIRST_BEAT = Duration.ofMillis(200);

    /** For reading the queue to its end before leaving; longer only where the broker is away. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private final String stage;
    private final String id;
    private final WorkerSettings settings;
    private final WorkerParts.Maker maker;
    private final Capacity capacity;
    private final Pauses pauses;
    private final LongSupplier nanoTime;
    private final Map<String, Long> nextBeat = new HashMap<>();

    private @Nullable WorkerParts parts;
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean presenceChanged = true;
    private volatile boolean ready;
    private long presenceAt;
    private @Nullable String pausedSaid;

    Worker(
            String stage,
            String id,
            WorkerSettings settings,
            Capacity capacity,
            Pauses pauses,
            WorkerParts.Maker maker,
            LongSupplier nanoTime) {
        this.stage = stage;
        this.id = id;
        this.settings = settings;
        this.capacity = capacity;
        this.pauses = pauses;
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    /** What the coordinator of this process may grant jobs to. */
    public LocalWorker local() {
        return capacity;
    }

    /** Through which others keep it from taking new work for a while. */
    public Pauses pauses() {
        return pauses;
    }

    @Override
    public String name() {
        return stage + "-worker";
    }

    @Override
    public void start(OnFatal onFatal) {
        WorkerParts made = maker.make(this::attemptEnded);
        parts = made;
        thread = Thread.ofPlatform().name(name()).start(() -> run(made, onFatal));
    }

    private void run(WorkerParts made, OnFatal onFatal) {
        try {
            while (!stopping) {
                goRound(made);
            }
            withdrawClaims(made);
        } catch (RuntimeException | Error e) {
            onFatal.stop(e);
        }
    }

    /** What is granted after the last look at the queue would else wait for a lease. */
    private void withdrawClaims(WorkerParts made) {
        for (String jobId : capacity.outstanding()) {
            StageWork claimed = made.view().of(jobId);
            if (claimed != null) {
                made.reports().withdraw(jobId, claimed);
            }
        }
    }

    private void goRound(WorkerParts made) {
        made.reader().read(pause(), new Listener(made));
        if (!ready && made.reader().caughtUp()) {
            ready = true;
            capacity.open();
            presenceChanged = true;
            LOG.info("The worker takes jobs stage={} worker={} slots={}", stage, id, settings.slots());
        }
        if (ready) {
            made.claims().claim(made.reports()::claim);
        }
        beat(made);
        sayPresence(made);
        made.metrics().set(made.view(), made.peers(), pauses.any());
        if (made.reports().unanswered().compareTo(settings.isolationLimit()) > 0) {
            made.attempts().stopAll(StopReason.ISOLATED);
        }
    }

    /** Long enough to be idle cheaply, short enough for the next beat. */
    private Duration pause() {
        Duration third = settings.lease().dividedBy(3);
        return third.compareTo(PRESENCE_AT_MOST) < 0 ? third : PRESENCE_AT_MOST;
    }

    private final class Listener implements WorkReader.Listener {
        private final WorkerParts made;

        Listener(WorkerParts made) {
            this.made = made;
        }

        @Override
        public void work(String jobId, @Nullable StageWork work) {
            if (work == null) {
                made.view().remove(jobId);
                capacity.changed(jobId, Long.MAX_VALUE);
            } else {
                made.view().put(jobId, work);
            }
            RunningAttempt running = made.attempts().of(jobId);
            if (work != null && id.equals(work.getWorker())) {
                mine(jobId, work, running);
            } else {
                if (work != null) {
                    capacity.changed(jobId, work.getVersion());
                }
                if (running != null) {
                    running.stop(StopReason.SUPERSEDED);
                }
            }
        }

        private void mine(String jobId, StageWork work, @Nullable RunningAttempt running) {
            boolean cancelling = work.getPhase() == WorkPhase.CANCELLING;
            if (running != null && running.is(work)) {
                if (cancelling) {
                    running.stop(StopReason.CANCELLED);
                }
                return;
            }
            if (running != null) {
                running.stop(StopReason.SUPERSEDED);
            }
            if (cancelling) {
                made.reports().decline(jobId, work, "it does not run here");
            } else {
                begin(jobId, work, running != null);
            }
        }

        private void begin(String jobId, StageWork held, boolean occupied) {
            int slot = capacity.take(jobId);
            if (slot < 0 || occupied) {
                capacity.giveBack(slot);
                made.reports().decline(jobId, held, "no slot is free after all");
                return;
            }
            made.attempts().start(jobId, held, slot);
            nextBeat.put(jobId, nanoTime.getAsLong() + FIRST_BEAT.toNanos());
            presenceChanged = true;
        }

        @Override
        public void presence(String worker, @Nullable WorkerPresence presence) {
            if (presence == null) {
                made.peers().remove(worker);
            } else {
                made.peers().put(presence);
            }
        }

        @Override
        public void cordon(String place, @Nullable WorkerCordon cordon) {
            made.cordon().heard(place, cordon);
        }
    }

    private void beat(WorkerParts made) {
        long now = nanoTime.getAsLong();
        long third = settings.lease().toNanos() / 3;
        nextBeat.keySet().removeIf(jobId -> made.attempts().of(jobId) == null);
        for (RunningAttempt attempt : made.attempts().all()) {
            if (now - nextBeat.getOrDefault(attempt.jobId(), now) >= 0) {
                made.reports().beat(attempt);
                nextBeat.put(attempt.jobId(), now + third);
            }
        }
    }

    private void sayPresence(WorkerParts made) {
        long now = nanoTime.getAsLong();
        long since = now - presenceAt;
        String paused = pauses.reason();
        if (!Objects.equals(paused, pausedSaid)) {
            LOG.info("What keeps the worker from new jobs has changed stage={} worker={} paused={}", stage, id, paused);
            pausedSaid = paused;
            presenceChanged = true;
        }
        boolean due = since >= Liveness.period(settings.lease()).toNanos();
        if (presenceAt == 0 || due || (presenceChanged && since >= PRESENCE_AT_MOST.toNanos())) {
            made.presence().here(made.attempts().all(), !capacity.isOpen() && ready, paused);
            presenceAt = now;
            presenceChanged = false;
        }
    }

    private void attemptEnded() {
        presenceChanged = true;
        if (parts != null && capacity.wants() && !stopping) {
            parts.reader().wakeUp();
        }
    }

    @Override
    public void drain(Duration atMost) throws InterruptedException {
        capacity.shut();
        presenceChanged = true;
        if (parts != null) {
            parts.reader().wakeUp();
            if (!parts.attempts().await(atMost)) {
                parts.attempts().stopAll(StopReason.DRAINED);
            }
        }
    }

    @Override
    public void close() {
        if (parts == null) {
            return;
        }
        capacity.shut();
        try {
            // The loop goes on meanwhile: attempts that save before they end need its beats.
            parts.attempts().end();
            readUntilNow(parts);
            stopping = true;
            parts.reader().wakeUp();
            if (thread != null) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
        parts.presence().gone();
        parts.close();
    }

    /** What was granted until now is read, and handed back because no job is taken any more. */
    private static void readUntilNow(WorkerParts made) throws InterruptedException {
        try {
            made.reader().untilNow().get(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("The queue could not be read to its end before leaving; leases find what is left");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the question was answered with a failure", e.getCause());
        }
    }

    @Override
    public Health check() {
        if (thread == null || !thread.isAlive()) {
            return Health.down("its thread is not running");
        }
        return ready ? Health.up() : Health.degraded("reads its queue");
    }
}
