package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventRow;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.queues.StuckRow;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.EventText;
import java.io.IOException;
import java.time.Clock;
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
    private final Clock clock;

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "A job's id; without one, what happens to all.")
    private @Nullable String job;

    @Option(names = "--until-done", description = "End when the job ends, with its result and exit code 0 or 1.")
    private boolean untilDone;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public WatchCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (untilDone && job == null) {
            throw new ParameterException(spec.commandLine(), "--until-done needs the id of a job.");
        }
        Cluster cluster = find.find();
        if (job == null) {
            return all(cluster);
        }
        String known = KnownJob.of(cluster, job).jobId();
        var watch = new Watch(cluster, say, clock);
        if (untilDone) {
            return watch.untilDone(known, 1);
        }
        return watch.forGood(known);
    }

    private int all(Cluster cluster) throws InterruptedException {
        try (var reader = EventReader.fromNow(cluster, EventTopics.WITH_PROMOTIONS);
                var stuck = TellStuck.ofAll(cluster, clock, (jobId, waiting) -> {
                    if (waiting != null) {
                        say.answer(StuckRow.of(waiting), jobId + "  " + waiting.text());
                    }
                })) {
            say.tell("Watching all jobs; Ctrl-C ends it.");
            while (true) {
                for (JobEvent event : reader.poll(AT_MOST)) {
                    say.answer(EventRow.ofAny(event), event.jobId() + "  " + EventText.of(event));
                }
                stuck.look();
            }
        }
    }
}
