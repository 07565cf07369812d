package dev.unitymlops.scheduler.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.events.TrainingSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link Schedules} through some years that go from event to event: people add, replace, pause and remove schedules and ask
 * for runs, jobs end and are retried, the service dies before or after it has committed, and is down for hours.
 */
final class SimulatedYears {

    private static final int SCHEDULES = 10;
    private static final int TICKS_OF_A_LOOK = 2_000;
    private static final int CRASH_OF = 250;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Random random;
    private final RandomLives lives;
    private final PriorityQueue<Happening> ahead =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::number));
    private final Kept kept = new Kept();
    private final Limits limits;
    private final Watch watch;
    private final int secondsOfAJob;
    private Schedules schedules;
    private Instant now;
    private long happenings;
    private long versions;

    /** Something that comes from outside. */
    private record Happening(Instant at, long number, Runnable event) {}

    SimulatedYears(long seed) {
        random = new Random(seed);
        lives = new RandomLives(random);
        now = lives.start();
        limits = new Limits(random.nextInt(4) == 0 ? 1_000 : 1 + random.nextInt(6), ExpectedTicks.MISSED_AFTER);
        secondsOfAJob = List.of(20, 60, 600).get(random.nextInt(3));
        watch = new Watch(limits.places());
        schedules = new Schedules(limits);
        for (int i = 0; i < SCHEDULES; i++) {
            RandomLives.Traits traits = lives.traits("s" + i, i == 0 && seed % 3 == 0);
            lives.lives(traits).forEach(life -> plan(traits, life));
        }
    }

    Watch run() {
        try {
            while (!ahead.isEmpty() || watch.jobs().anyCancelled()) {
                now = latest(now, next()).plusMillis(random.nextInt(300));
                while (!ahead.isEmpty() && !ahead.peek().at().isAfter(now)) {
                    ahead.remove().event().run();
                }
                look();
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("at " + now + ": " + e.getMessage(), e);
        }
        assertThat(watch.requested())
                .as("each job that a tick has named")
                .isEqualTo(watch.jobs().named());
        assertThat(schedules.waiting()).isZero();
        assertThat(schedules.placesTaken()).isZero();
        return watch;
    }

    private Instant next() {
        Happening head = ahead.peek();
        Instant until = head == null ? now : head.at();
        Instant due = watch.nextDue(until);
        return watch.jobs().anyCancelled() ? now.plus(LOOK) : due == null ? until : due;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void plan(RandomLives.Traits traits, RandomLives.Life life) {
        String scheduleId = traits.scheduleId();
        define(life.from(), lives.definition(traits, life));
        for (int i = random.nextInt(4); i > 0; i--) {
            TrainingSchedule other = lives.definition(traits, life);
            other.setEnabled(random.nextInt(4) > 0);
            define(life.at(random.nextDouble() * 0.9), other);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            runNow(scheduleId, life.at(random.nextDouble()));
        }
        if (random.nextInt(4) == 0) {
            down(life.at(random.nextDouble() * 1.1));
        }
        TrainingSchedule paused = lives.definition(traits, life);
        paused.setEnabled(false);
        if (random.nextBoolean()) {
            define(life.to(), paused);
        } else {
            remove(life.to(), scheduleId);
        }
    }

    private void define(Instant written, TrainingSchedule definition) {
        plan(written.plus(delay()), () -> {
            long version = versions++;
            List<Output> outputs = decided(() -> schedules.defined(definition, version, written, now));
            begin(watch.defined(outputs, definition, version, written, now));
        });
    }

    private void remove(Instant written, String scheduleId) {
        plan(written.plus(delay()), () -> {
            List<Output> outputs = decided(() -> schedules.removed(scheduleId, written, now));
            begin(watch.removed(outputs, scheduleId, written, now));
        });
    }

    private void runNow(String scheduleId, Instant at) {
        String requestId = String.format("%08x", random.nextInt());
        ScheduleControl control = new ScheduleControl(scheduleId, ScheduleAction.RUN_NOW, requestId, "test", at);
        for (int i = random.nextInt(2); i >= 0; i--) {
            plan(at.plus(delay()), () -> {
                List<Output> outputs = decided(() -> schedules.asked(control, now));
                begin(watch.asked(outputs, control, now));
            });
        }
    }

    /** From writing to reading; commands come so late when the network does, or the producer's clock is behind. */
    private Duration delay() {
        return Duration.ofMillis(random.nextInt(random.nextInt(4) > 0 ? 500 : 180_000));
    }

    private void down(Instant from) {
        int minutes = List.of(2, 30, 600, 4_000).get(random.nextInt(4));
        plan(from, () -> {
            now = now.plusSeconds(30 + random.nextInt(minutes * 60));
            restart();
            begin(watch.forgot(decided(() -> schedules.forget(now))));
        });
    }

    private void plan(Instant at, Runnable event) {
        ahead.add(new Happening(at, happenings++, event));
    }

    private void look() {
        int ticks = TICKS_OF_A_LOOK;
        while (ticks == TICKS_OF_A_LOOK) {
            List<Output> outputs = decided(() -> schedules.look(now));
            ticks = (int)
                    outputs.stream().filter(Output.Ticked.class::isInstance).count();
            begin(watch.looked(outputs, now, ticks < TICKS_OF_A_LOOK));
        }
    }

    /** What is committed in the end, however often it dies before. */
    private List<Output> decided(Supplier<List<Output>> event) {
        List<Output> outputs = event.get();
        while (random.nextInt(CRASH_OF) == 0) {
            restart();
            now = now.plusMillis(random.nextBoolean() ? 0 : random.nextInt(20_000));
            outputs = event.get();
        }
        kept.keep(outputs);
        if (random.nextInt(CRASH_OF) == 0) {
            restart();
        }
        return outputs;
    }

    private void restart() {
        schedules = kept.replayed(limits);
    }

    /** The jobs that were requested run, are retried and end; some of it is told twice or in another order. */
    private void begin(List<String> jobIds) {
        assertThat(schedules.placesTaken()).isEqualTo(watch.jobs().running());
        assertThat(schedules.waiting()).isEqualTo(watch.jobs().waiting());
        for (String jobId : jobIds) {
            Instant end = ends(jobId, 1, now);
            if (random.nextInt(8) == 0) {
                Instant again = end.plusMillis(random.nextInt(60_000));
                plan(again, () -> tell(jobId, 2, JobPlace.TAKEN));
                ends(jobId, 2, random.nextInt(10) == 0 ? again.minusSeconds(60) : again);
            }
        }
    }

    private Instant ends(String jobId, int run, Instant from) {
        Instant end = from.plusMillis(random.nextInt(secondsOfAJob * 2_000));
        for (int i = random.nextInt(10) == 0 ? 2 : 1; i > 0; i--) {
            plan(end.plusSeconds(i), () -> tell(jobId, run, JobPlace.FREED));
        }
        return end;
    }

    private void tell(String jobId, int run, JobPlace place) {
        @Nullable String scheduleId = place == JobPlace.FREED ? null : jobId.substring(0, jobId.indexOf('-'));
        ScheduledJob job = new ScheduledJob(jobId, scheduleId, run, place, "test");
        List<Output> outputs = decided(() -> schedules.told(job, now));
        begin(place == JobPlace.TAKEN ? watch.began(outputs, jobId, run) : watch.ended(outputs, jobId, run));
    }
}
