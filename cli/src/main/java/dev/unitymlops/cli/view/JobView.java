package dev.unitymlops.cli.view;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.queues.QueuePlace;
import dev.unitymlops.cli.queues.Stuck;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.events.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job, folded from its events. They may come in any order, since those of different topics do; what it says then is the
 * same. Not thread-safe.
 */
public final class JobView {
    private final String jobId;
    private final List<JobEvent> requests = new ArrayList<>();
    private final List<JobRejected> rejections = new ArrayList<>();
    private final Map<Integer, RunFacts> runs = new TreeMap<>(Comparator.reverseOrder());
    private final List<JobEvent> milestones = new ArrayList<>();
    private @Nullable JobEvent latest;
    private @Nullable Stuck stuck;
    private @Nullable QueuePlace queue;

    public JobView(String jobId) {
        this.jobId = jobId;
    }

    public String jobId() {
        return jobId;
    }

    /** Takes an event of this job in; those of other jobs change nothing, nor does what becomes of its models later. */
    public void add(JobEvent event) {
        if (!event.jobId().equals(jobId) || event.value() instanceof ModelPromoted) {
            return;
        }
        if (latest == null || JobEvent.BY_TIME.compare(latest, event) < 0) {
            latest = event;
        }
        if (!(event.value() instanceof JobProgress)) {
            milestones.add(event);
        }
        switch (event.value()) {
            case JobRequested requested -> requests.add(event);
            case JobRejected rejected -> rejections.add(rejected);
            case JobControl control -> control(control);
            default -> runs.computeIfAbsent(event.run(), RunFacts::new).add(event);
        }
    }

    /** Takes in whether the job waits for a worker that is not there; null when it does not. */
    public void waitsFor(@Nullable Stuck missing) {
        stuck = missing;
    }

    /** Takes in where the job stands in a stage's queue; null when it stands in none. */
    public void standsAt(@Nullable QueuePlace place) {
        queue = place;
    }

    /** An order about a run that nobody has heard of says nothing about the job. */
    private void control(JobControl control) {
        if (control.getAction() == ControlAction.CANCEL) {
            runs.computeIfAbsent(control.getRun(), RunFacts::new).askToCancel();
        }
    }

    /** When the job was last heard of; null before any event. */
    public @Nullable Instant heardAt() {
        return latest == null ? null : latest.time();
    }

    /** The latest run that was asked for and not rejected, or that a stage has told of; 0 when there is none. */
    public int run() {
        int asked = accepted().stream().mapToInt(JobEvent::run).max().orElse(0);
        return Math.max(
                asked,
                runs.values().stream()
                        .filter(RunFacts::known)
                        .mapToInt(RunFacts::number)
                        .max()
                        .orElse(0));
    }

    public JobState state() {
        int run = run();
        if (run == 0) {
            return rejections.isEmpty() ? JobState.QUEUED : JobState.REJECTED;
        }
        RunFacts facts = runs.get(run);
        JobState told = facts == null ? JobState.QUEUED : facts.state();
        return isStuck(run, told) ? JobState.UNSCHEDULABLE : told;
    }

    private boolean isStuck(int run, JobState told) {
        return stuck != null && stuck.run() == run && mayWait(told);
    }

    /** Queues and events may be of different moments: an end, or the wish for it, counts for more. */
    private static boolean mayWait(JobState told) {
        return !told.over() && told != JobState.CANCELLING;
    }

    /** What its running stage said last, in the latest run. */
    public Optional<JobProgress> progress() {
        return Optional.ofNullable(runs.get(run())).map(RunFacts::progress);
    }

    /** The archive of the player that was trained against. */
    public Optional<ArtifactFile> player() {
        return runs.values().stream()
                .map(RunFacts::player)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What happened to it, by time, without how it got on. */
    public List<JobEvent> milestones() {
        return milestones.stream().sorted(JobEvent.BY_TIME).toList();
    }

    public JobResult result() {
        RunFacts facts = runs.getOrDefault(run(), new RunFacts(run()));
        Collection<StageFacts> visible = visible();
        return new JobResult(
                jobId,
                Math.max(1, run()),
                state(),
                dryRun(),
                visible.stream().map(StageFacts::view).toList(),
                training(visible),
                facts.models(),
                facts.registration(),
                artifacts(),
                error(facts),
                state() == JobState.UNSCHEDULABLE && stuck != null ? UnschedulableView.of(stuck) : null,
                queue != null && queue.run() == run() && mayWait(state()) ? QueueView.of(queue) : null);
    }

    private List<JobEvent> accepted() {
        return requests.stream().filter(request -> !rejected(request)).toList();
    }

    private boolean rejected(JobEvent request) {
        return rejections.stream()
                .anyMatch(rejection -> rejection.getRecord() != null && request.isAt(rejection.getRecord()));
    }

    /** A run shows its stages from the first that it has; those before it are of the runs before. */
    private Collection<StageFacts> visible() {
        var shown = new TreeMap<Stage, StageFacts>();
        for (int number = run(); number >= 1; number--) {
            Stage first = shown.isEmpty() ? null : shown.firstKey();
            for (StageFacts facts : ofRun(number)) {
                if (first == null || facts.stage().compareTo(first) < 0) {
                    shown.put(facts.stage(), facts);
                }
            }
        }
        return shown.values();
    }

    private List<StageFacts> ofRun(int number) {
        var found = new TreeMap<Stage, StageFacts>();
        accepted().stream().filter(request -> request.run() == number).forEach(request -> {
            var queued = new StageFacts(Stage.BUILD, number, 0, JobState.QUEUED, null, null, request.time());
            found.merge(Stage.BUILD, queued, StageFacts::and);
        });
        RunFacts facts = runs.get(number);
        if (facts != null) {
            facts.stages().forEach((stage, stageFacts) -> found.merge(stage, stageFacts, StageFacts::and));
        }
        return List.copyOf(found.values());
    }

    /** What a stage says counts for more than what a request says: that may have been another one under the same id. */
    private @Nullable Boolean dryRun() {
        return runs.values().stream()
                .map(RunFacts::dryRun)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> accepted().stream()
                        .max(JobEvent.BY_TIME)
                        .map(request ->
                                ((JobRequested) request.value()).getJob().getDryRun()))
                .orElse(null);
    }

    /** That of the run whose training counts: an earlier one where it was not repeated. */
    private @Nullable TrainingView training(Collection<StageFacts> visible) {
        return visible.stream()
                .filter(facts -> facts.stage() == Stage.TRAIN)
                .findFirst()
                .map(facts -> runs.get(facts.run()))
                .map(RunFacts::training)
                .orElse(null);
    }

    private @Nullable String artifacts() {
        return runs.values().stream()
                .map(RunFacts::artifacts)
                .flatMap(Optional::stream)
                .findFirst()
                .map(this::jobFolder)
                .orElse(null);
    }

    /** The folder of an attempt is {@code <root>/<job>/run-n/<stage>/attempt-m/}. */
    private String jobFolder(String attempt) {
        int end = attempt.lastIndexOf("/run-");
        return end < 0 ? attempt : attempt.substring(0, end + 1);
    }

    private @Nullable ErrorView error(RunFacts facts) {
        JobFailed failed = facts.failed();
        if (failed != null) {
            return new ErrorView(
                    StageFacts.word(failed.getStage()),
                    failed.getCause().name(),
                    String.join("; ", failed.getMessages()));
        }
        if (state() != JobState.REJECTED) {
            return null;
        }
        JobRejected last = rejections.getLast();
        String message = last.getProblems().stream()
                .map(problem -> problem.getField() + ": " + problem.getMessage() + "; " + problem.getRemedy())
                .collect(Collectors.joining("; "));
        return new ErrorView(StageFacts.word(last.getStage()), "REJECTED", message);
    }
}
