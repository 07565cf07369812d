package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.stage.coordinator.JobState.CancelledAhead;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Ended;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A stage in a few lists: commands, a coordinator that commits now and then and may crash, workers that lag, die and
 * come back from the dead. Every decision is made by {@link Decide} and compared with the {@link Ledger}. All that
 * happens follows from the seed.
 */
final class World {

    static final int MAX_ATTEMPTS = 2;
    private static final List<String> JOBS = List.of("job-a", "job-b", "job-c");

    private final Random random;
    private final List<String> jobs;
    private final Decide decide = new Decide(Stage.BUILD, RetryDelay.STANDARD);
    private final List<String> trace = new ArrayList<>();

    private final List<Sent> commands = new ArrayList<>();
    private int position;
    private final Map<String, JobState> store = new HashMap<>();
    private final Map<String, Ledger> ledgers = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Work> work = new ArrayList<>();
    private final List<Decided> history = new ArrayList<>();
    private Checkpoint committed;

    private final List<SimulatedWorker> workers = new ArrayList<>();
    private int workersMade;
    private long now = 1_000_000;

    private record Sent(String jobId, Command command) {}

    /** A record that a decision published, in words. */
    record Told(String jobId, String what) {}

    /** A record of the work topic; null ends the job. */
    record Work(String jobId, Live live) {}

    /** A command, all that it was decided by beside the state, and what came of it. */
    record Decided(String jobId, Command command, long now, Offer offer, Decision decision) {}

    /** What outlives a crash of the coordinator. */
    private record Checkpoint(
            int position, Map<String, JobState> store, Map<String, Integer> ledgers, int told, int work, int history) {}

    World(long seed) {
        this(seed, JOBS);
    }

    World(long seed, List<String> jobs) {
        random = new Random(seed);
        this.jobs = jobs;
        jobs.forEach(job -> ledgers.put(job, new Ledger()));
        commit();
        for (int i = 0; i < 3; i++) {
            workers.add(newWorker());
        }
    }

    /** Lets something happen. */
    void step() {
        int dice = random.nextInt(100);
        if (dice < 8) {
            StageInput input = Samples.input(random.nextInt(6) == 0 ? "B" : "A");
            input.setMaxAttempts(MAX_ATTEMPTS);
            send(job(), new Command.Input(1 + random.nextInt(3), input));
        } else if (dice < 11) {
            send(job(), new Command.Cancel(1 + random.nextInt(3), "because"));
        } else if (dice < 15) {
            send(job(), new Command.Retry(1 + random.nextInt(3), random.nextBoolean()));
        } else if (dice < 50) {
            worker().act();
        } else if (dice < 52) {
            workers.set(random.nextInt(workers.size()), newWorker());
        } else if (dice < 54) {
            crash();
        } else if (dice < 66) {
            commit();
        } else if (dice < 70) {
            String job = job();
            silenceOf(job).ifPresent(silence -> apply(job, silence));
        } else if (dice < 78) {
            now += random.nextInt(3_000);
            apply(job(), new Command.Wake());
        } else {
            process(1 + random.nextInt(6));
        }
    }

    /** No more noise: workers take what there is and finish it until nothing is live. */
    void comeToRest() {
        process(Integer.MAX_VALUE);
        for (int round = 0; store.values().stream().anyMatch(Live.class::isInstance); round++) {
            assertThat(round).as("rounds until every run has ended").isLessThan(20);
            now += 600_000;
            for (String job : jobs) {
                if (store.get(job) instanceof Live live) {
                    apply(job, finishing(live));
                }
            }
        }
        commit();
    }

    private Command finishing(Live live) {
        return switch (live.phase()) {
            case Queued ignored -> new Command.Claim(live.run(), live.version(), "finisher");
            case Waiting ignored -> new Command.Wake();
            case Held held -> new Command.Done(live.run(), live.attempt(), held.worker(), Samples.event("e"));
            case Cancelling stopping -> new Command.Silence(live.run(), live.attempt(), stopping.worker());
        };
    }

    List<Told> told() {
        return told;
    }

    List<Work> work() {
        return work;
    }

    /** What was decided and not undone by a crash, in order. */
    List<Decided> history() {
        return history;
    }

    List<String> trace() {
        return trace;
    }

    private void send(String jobId, Command command) {
        commands.add(new Sent(jobId, command));
    }

    private void process(int most) {
        for (int i = 0; i < most && position < commands.size(); i++) {
            Sent next = commands.get(position++);
            apply(next.jobId(), next.command());
        }
    }

    private void commit() {
        Map<String, Integer> sizes = new HashMap<>();
        ledgers.forEach((job, ledger) -> sizes.put(job, ledger.size()));
        committed = new Checkpoint(position, Map.copyOf(store), sizes, told.size(), work.size(), history.size());
    }

    /** Decisions since the last commit are undone; their commands come again, maybe at another time. */
    private void crash() {
        trace.add("the coordinator crashes");
        position = committed.position();
        store.clear();
        store.putAll(committed.store());
        committed.ledgers().forEach((job, size) -> ledgers.get(job).rollBack(size));
        told.subList(committed.told(), told.size()).clear();
        work.subList(committed.work(), work.size()).clear();
        history.subList(committed.history(), history.size()).clear();
        now += random.nextInt(5_000);
    }

    private void apply(String jobId, Command command) {
        JobState before = store.get(jobId);
        Ledger ledger = ledgers.get(jobId);
        Optional<String> offering = random.nextInt(3) == 0 ? Optional.of(worker().id()) : Optional.empty();
        Offer offer = offering.map(Samples::offerOf).orElse(Offer.NONE);
        trace.add(jobId + " " + (before == null ? "unknown" : inWords(before)) + " <- " + command + " at " + now);

        Decision decision = decide.decide(jobId, before, command, now, offer);
        assertThat(decide.decide(jobId, before, command, now, offer))
                .as("the same again")
                .isEqualTo(decision);

        if (command instanceof Command.Claim claim) {
            if (ledger.isQueued(claim.run()) && before != null && before.version() == claim.version()) {
                ledger.granted(claim.worker());
            }
        }
        List<String> expected = ledger.expect(command, now, offering);
        JobState next = decision.next();
        if (ledger.justBeganToRest() && next instanceof Live live && live.phase() instanceof Waiting waiting) {
            if (!next.equals(before)) {
                checkRest(command, live, waiting.until() - now);
                ledger.rests(waiting.until());
            }
        }
        List<String> outputs = decision.outputs().stream().map(World::inWords).toList();
        assertThat(outputs).as("records published").isEqualTo(expected);
        assertThat(next == null ? "unknown" : inWords(next)).as("state").isEqualTo(ledger.standing());
        checkVersions(before, next);

        outputs.forEach(output -> told.add(new Told(jobId, output)));
        publishWork(jobId, before, next);
        history.add(new Decided(jobId, command, now, offer, decision));
        if (next != null) {
            store.put(jobId, next);
        }
    }

    private static void checkRest(Command command, Live live, long rest) {
        if (command instanceof Command.Decline decline) {
            assertThat(rest).isEqualTo(decline.delayMs());
        } else if (command instanceof Command.Failed failed && failed.failure().getRetryAfterMs() == 0) {
            long doubled = 1_000L << Math.max(0, live.used() - 1);
            assertThat(rest).isBetween(doubled, doubled + doubled / 4);
        }
    }

    private static void checkVersions(JobState before, JobState next) {
        if (before == null || next == null) {
            return;
        }
        if (before instanceof Live was && next instanceof Live is && was.run() == is.run()) {
            assertThat(is.attempt()).as("attempts only rise").isGreaterThanOrEqualTo(was.attempt());
            assertThat(is.used()).as("attempts used").isLessThan(MAX_ATTEMPTS).isGreaterThanOrEqualTo(was.used());
        }
        boolean seen = (before instanceof Live || next instanceof Live)
                && !inWords(before).equals(inWords(next));
        if (seen) {
            assertThat(next.version()).as("version after a visible change").isGreaterThan(before.version());
        } else {
            assertThat(next.version()).as("version").isGreaterThanOrEqualTo(before.version());
        }
    }

    private void publishWork(String jobId, JobState before, JobState next) {
        if (next instanceof Live live && (before == null || before.version() != live.version())) {
            work.add(new Work(jobId, live));
        } else if (before instanceof Live && !(next instanceof Live)) {
            work.add(new Work(jobId, null));
        }
    }

    private Optional<Command> silenceOf(String job) {
        if (!(store.get(job) instanceof Live live)) {
            return Optional.empty();
        }
        return switch (live.phase()) {
            case Held held -> Optional.of(new Command.Silence(live.run(), live.attempt(), held.worker()));
            case Cancelling stopping -> Optional.of(new Command.Silence(live.run(), live.attempt(), stopping.worker()));
            case Queued ignored -> Optional.empty();
            case Waiting ignored -> Optional.empty();
        };
    }

    private String job() {
        return jobs.get(random.nextInt(jobs.size()));
    }

    private SimulatedWorker worker() {
        return workers.get(random.nextInt(workers.size()));
    }

    private SimulatedWorker newWorker() {
        return new SimulatedWorker("w" + workersMade++, random, this::committedWork, this::send);
    }

    private List<Work> committedWork() {
        return work.subList(0, committed.work());
    }

    private static String inWords(Output output) {
        return switch (output) {
            case Output.Event event -> "event " + event.run() + "/" + event.attempt();
            case Output.Failed failed ->
                "failed " + failed.event().getRun() + " " + failed.event().getCause();
            case Output.Rejected rejected -> "rejected " + rejected.event().getRun();
            case Output.Progress progress ->
                progress.event().getPhase() + " " + progress.event().getRun()
                        + (progress.event().getAttempt() == 0
                                ? ""
                                : "/" + progress.event().getAttempt());
        };
    }

    private static String inWords(JobState state) {
        return switch (state) {
            case CancelledAhead ahead -> "cancelled ahead " + ahead.run();
            case Ended ended ->
                "ended " + ended.run() + " " + ended.outcome() + (ended.input() == null ? "" : " keeps");
            case Live live ->
                switch (live.phase()) {
                            case Queued ignored -> "queued";
                            case Held held -> "held " + held.worker();
                            case Waiting waiting -> "waiting " + waiting.until();
                            case Cancelling stopping -> "cancelling " + stopping.worker();
                        }
                        + " run " + live.run() + " attempt " + live.attempt() + " used " + live.used();
        };
    }
}
