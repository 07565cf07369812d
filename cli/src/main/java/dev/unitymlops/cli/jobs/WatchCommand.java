package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventRow;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.EventText;
import dev.unitymlops.cli.view.FollowJob;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.cli.view.TellEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops watch}. */
@Command(name = "watch", description = "Show what happens, until Ctrl-C or to the end of one job.")
public final class WatchCommand implements Callable<Integer> {
    private static final Duration AT_MOST = Duration.ofMillis(200);

    private final Say say;
    private final FindCluster find;

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "A job's id; without one, what happens to all.")
    private @Nullable String job;

    @Option(names = "--until-done", description = "End when the job ends, with its result and exit code 0 or 1.")
    private boolean untilDone;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public WatchCommand(Say say, FindCluster find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException {
        if (untilDone && job == null) {
            throw new ParameterException(spec.commandLine(), "--until-done needs the id of a job.");
        }
        Cluster cluster = find.find();
        if (untilDone && job != null) {
            return Watch.untilDone(cluster, say, KnownJob.of(cluster, job).jobId(), 1);
        }
        return job == null ? all(cluster) : one(cluster, job);
    }

    private int all(Cluster cluster) {
        try (var reader = EventReader.fromNow(cluster, EventTopics.ALL)) {
            say.tell("Watching all jobs; Ctrl-C ends it.");
            while (true) {
                for (JobEvent event : reader.poll(AT_MOST)) {
                    say.answer(EventRow.of(event), event.jobId() + "  " + EventText.of(event));
                }
            }
        }
    }

    /** Its whole story, then what comes. With JSON the job as it is after each event. */
    private int one(Cluster cluster, String jobId) {
        KnownJob.of(cluster, jobId);
        var view = new JobView(jobId);
        var tell = new TellEvents(new Display(say.terminal()));
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.ALL)) {
            var following = new FollowJob(reader, view, event -> {
                if (say.json()) {
                    say.answer(view.result(), "");
                } else {
                    tell.tell(event);
                }
            });
            following.catchUp();
            while (true) {
                following.untilOver(Integer.MAX_VALUE, () -> true);
            }
        }
    }
}
