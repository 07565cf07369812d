package dev.unitymlops.cli.jobs;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.runtime.ExitCode;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops cancel}. */
@Command(name = "cancel", description = "Stop a job; a running trainer saves first.")
public final class CancelCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    @Parameters(paramLabel = "JOB", description = "A job's id.")
    private @Nullable String job;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, kept in the events.")
    private String reason = "";

    @Option(names = "--follow", description = "Stay until the job has come to its end; the exit code is 0 then.")
    private boolean follow;

    public CancelCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        Cluster cluster = find.find();
        JobView view = KnownJob.of(cluster, requireNonNull(job)).view();
        int run = Math.max(1, view.run());
        if (view.state().over()) {
            throw new Refused("There is nothing to cancel: job " + job + ", run " + run + ", has already "
                    + (view.state().word().equals("failed")
                            ? "failed"
                            : "ended (" + view.state().word() + ")") + ".");
        }
        try (var writer = new EventWriter(cluster, clock)) {
            writer.cancel(view.jobId(), run, reason);
        }
        if (follow) {
            new Watch(cluster, say, clock).untilDone(view.jobId(), run);
        } else {
            say.answer(
                    Map.of("job_id", view.jobId(), "run", run),
                    "Asked to cancel job " + job + ", run " + run + ". See mlops watch " + job);
        }
        return ExitCode.DONE.code();
    }
}
