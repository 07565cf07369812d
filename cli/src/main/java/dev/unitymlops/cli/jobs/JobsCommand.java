package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.queues.QueuePlace;
import dev.unitymlops.cli.queues.ReadQueues;
import dev.unitymlops.cli.queues.Stuck;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.cli.view.JobResult;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.cli.view.QueueView;
import dev.unitymlops.cli.view.StageView;
import dev.unitymlops.cli.view.UnschedulableView;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mlops jobs}. */
@Command(name = "jobs", description = "List the jobs, the latest heard of first.")
public final class JobsCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    public JobsCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster cluster = find.find();
        List<JobView> views;
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.ALL)) {
            views = fold(reader.history());
        }
        if (views.stream().anyMatch(view -> !view.state().over())) {
            try (var read = ReadQueues.of(cluster)) {
                Map<String, Stuck> stuck = read.queues().stuck(clock.instant());
                Map<String, QueuePlace> places = read.queues().places();
                for (JobView view : views) {
                    view.waitsFor(stuck.get(view.jobId()));
                    view.standsAt(places.get(view.jobId()));
                }
            }
        }
        if (say.json()) {
            views.forEach(view -> say.answer(view.result(), ""));
        } else if (views.isEmpty()) {
            say.tell("There are no jobs yet; mlops submit FILE puts one in.");
        } else {
            say.text(table(views));
        }
        return ExitCode.DONE.code();
    }

    private static List<JobView> fold(List<JobEvent> events) {
        Map<String, JobView> views = new LinkedHashMap<>();
        events.forEach(
                event -> views.computeIfAbsent(event.jobId(), JobView::new).add(event));
        return views.values().stream()
                .sorted(Comparator.comparing(JobsCommand::heardAt).reversed())
                .toList();
    }

    private static Instant heardAt(JobView view) {
        return Objects.requireNonNull(view.heardAt(), "a view that was made for an event");
    }

    private static String table(List<JobView> views) {
        var table = new Table("JOB", "RUN", "STATE", "STAGE", "ATTEMPT", "QUEUE", "LAST HEARD OF", "WHY");
        for (JobView view : views) {
            JobResult result = view.result();
            StageView last = result.stages().isEmpty() ? null : result.stages().getLast();
            UnschedulableView waits = result.unschedulable();
            QueueView queue = result.queue();
            table.row(
                    result.jobId(),
                    String.valueOf(result.run()),
                    result.state().word(),
                    last == null ? "" : last.stage(),
                    last == null ? "" : String.valueOf(last.attempt()),
                    queue == null ? "" : queue.text(),
                    heardAt(view).toString(),
                    waits == null ? "" : waits.message());
        }
        return table.text();
    }
}
