package dev.unitymlops.system.faults;

import static java.util.stream.Collectors.joining;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.system.JobFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs come in while the faults of a schedule strike and heal; then all is well again, and every job has its time to end. */
final class Round {
    private static final Duration BETWEEN_JOBS = Duration.ofMillis(250);

    /** Jobs that are asked for when all is healed: the parts that were struck get something to do. */
    private static final int AFTERWARDS = 6;

    /**
     * What is asked for while faults strike.
     *
     * @param real with own build and training commands, which take about a second; the others are dry runs
     */
    record Load(int dry, int real) {}

    /**
     * How it went.
     *
     * @param jobs that were asked for
     * @param recovery from the kill, of other faults from the healing, to the next end by what was struck
     * @param allEnded from the last healing to the last job's end
     */
    record Outcome(
            Schedule schedule, int jobs, Map<Hit, Optional<Duration>> recovery, Duration allEnded, Verdict verdict) {

        String report() {
            String times = recovery.entrySet().stream()
                    .map(it -> "  %s: next end after %s"
                            .formatted(
                                    it.getKey(),
                                    it.getValue().map(Duration::toString).orElse("none")))
                    .collect(joining("\n"));
            String guarantees = verdict.breaches().entrySet().stream()
                    .map(it -> "  %s: %s".formatted(it.getKey(), it.getValue().isEmpty() ? "kept" : it.getValue()))
                    .collect(joining("\n"));
            return """
                    Round seed=%d jobs=%d acceptedSoFar=%d lost=%d failed=%d models=%d allEndedAfter=%s
                    %s
                    %s""".formatted(
                            schedule.seed(),
                            jobs,
                            verdict.accepted(),
                            verdict.lost(),
                            verdict.failed(),
                            verdict.models(),
                            allEnded,
                            times,
                            guarantees);
        }
    }

    /** What is to be done at a time of the round. */
    private record Step(Duration at, Action action) {
        interface Action {
            void run() throws Exception;
        }
    }

    private final Fleet fleet;
    private final Schedule schedule;
    private final Load load;
    private final Map<Hit, Instant> struck = new LinkedHashMap<>();
    private final Map<Hit, Instant> healed = new LinkedHashMap<>();

    Round(Fleet fleet, Schedule schedule, Load load) {
        this.fleet = fleet;
        this.schedule = schedule;
        this.load = load;
    }

    Outcome run() throws Exception {
        Instant start = Instant.now();
        for (Step step : steps()) {
            fleet.evidence().readUntil(start.plus(step.at()));
            step.action().run();
        }
        for (int i = 0; i < AFTERWARDS; i++) {
            fleet.submit(JobFiles.dry(id("afterwards", i)));
        }
        fleet.awaitReady();
        fleet.bothersome().awaitTaken();
        fleet.evidence().awaitEnds(fleet.accepted(), Fleet.PATIENCE);
        Duration allEnded = Duration.between(lastHealed(), Instant.now());
        Verdict verdict = Oracle.judge(fleet);
        Map<Hit, Optional<Duration>> recovery = new LinkedHashMap<>();
        schedule.hits().forEach(hit -> recovery.put(hit, recovery(hit)));
        return new Outcome(schedule, load.dry() + load.real() + AFTERWARDS, recovery, allEnded, verdict);
    }

    private Optional<Duration> recovery(Hit hit) {
        Instant from = hit.cell().fault() == Fault.KILL ? struck.get(hit) : healed.get(hit);
        return Recovery.of(fleet, hit, from);
    }

    private Instant lastHealed() {
        return healed.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        List<TrainingJob> jobs = jobs();
        for (int i = 0; i < jobs.size(); i++) {
            TrainingJob job = jobs.get(i);
            steps.add(new Step(BETWEEN_JOBS.multipliedBy(i), () -> fleet.submit(job)));
        }
        for (Hit hit : schedule.hits()) {
            steps.add(new Step(hit.after(), () -> {
                struck.put(hit, Instant.now());
                hit.cell().fault().strike(fleet, hit);
            }));
            steps.add(new Step(hit.after().plus(hit.lasting()), () -> {
                hit.cell().fault().heal(fleet, hit);
                healed.put(hit, Instant.now());
            }));
        }
        // stable: what is healed at once is still struck before
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }

    /** The real ones among the first, so that they run when the faults strike. */
    private List<TrainingJob> jobs() {
        List<TrainingJob> jobs = new ArrayList<>();
        for (int i = 0; i < load.real(); i++) {
            jobs.add(JobFiles.quick(id("real", i)));
        }
        for (int i = 0; i < load.dry(); i++) {
            jobs.add(JobFiles.dry(id("dry", i)));
        }
        return jobs;
    }

    private String id(String kind, int number) {
        return "%s-%s-%d".formatted(Long.toHexString(schedule.seed()), kind, number);
    }
}
