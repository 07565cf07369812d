package dev.unitymlops.cli.jobs;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.JobState;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.schemas.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops retry}. */
@Command(
        name = "retry",
        description = "Start a failed or cancelled job again, at the stage that failed; earlier ones are not repeated.")
public final class RetryCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    @Parameters(paramLabel = "JOB", description = "A job's id.")
    private @Nullable String job;

    @Option(names = "--resume", description = "Go on from the last complete checkpoints instead of step 0.")
    private boolean resume;

    @Option(names = "--follow", description = "Stay until the job has come to its end, and end as it does.")
    private boolean follow;

    public RetryCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        Cluster cluster = find.find();
        JobView view = KnownJob.of(cluster, requireNonNull(job)).view();
        if (view.state() != JobState.FAILED && view.state() != JobState.CANCELLED) {
            throw new Refused("Only a failed or cancelled job can be started again; job " + job + ", run " + view.run()
                    + ", is " + view.state().word() + ".");
        }
        int next = view.run() + 1;
        try (var reader = EventReader.fromNow(cluster, List.of(Topics.JOB_PROGRESS));
                var writer = new EventWriter(cluster, clock)) {
            writer.retry(view.jobId(), view.run(), resume);
            new AwaitAnswer(reader).toRetry(view.jobId(), next);
        }
        if (follow) {
            return new Watch(cluster, say, clock).untilDone(view.jobId(), next);
        }
        say.answer(
                Map.of("job_id", view.jobId(), "run", next),
                "Job " + job + " starts again as run " + next + ". See mlops watch " + job);
        return ExitCode.DONE.code();
    }
}
