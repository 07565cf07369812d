package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.FinishedJob;
import dev.unitymlops.cli.view.FollowJob;
import dev.unitymlops.cli.view.JobResult;
import dev.unitymlops.cli.view.JobState;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.cli.view.ResultText;
import dev.unitymlops.cli.view.TellEvents;
import dev.unitymlops.runtime.ExitCode;
import java.time.Clock;

/**
 * Stays with a job of a cluster.
 *
 * @param clock tells which workers have fallen silent
 */
record Watch(Cluster cluster, Say say, Clock clock) {
    /**
     * Shows a job's events as they come, and its result when it is over.
     *
     * @param run the run, or a later one, whose end is waited for
     * @return the exit code that tells how it ended
     */
    int untilDone(String jobId, int run) throws InterruptedException {
        var display = new Display(say.terminal());
        var view = new JobView(jobId);
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.ALL);
                var stuck = TellStuck.of(jobId, cluster, clock, (job, waiting) -> {
                    if (waiting != null) {
                        display.line(waiting.text());
                    }
                })) {
            var following = new FollowJob(reader, view, new TellEvents(display)::tell);
            following.catchUp();
            while (!following.isOver(run)) {
                following.readOn();
                stuck.look();
            }
            following.readRest();
            JobResult result = view.result();
            say.answer(FinishedJob.of(result, view), "\n" + ResultText.of(result));
            return (result.state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }

    /** Shows a job's whole story, then what comes, until the process ends. With JSON the job as it is after each change. */
    int forGood(String jobId) throws InterruptedException {
        var display = new Display(say.terminal());
        var tell = new TellEvents(display);
        var view = new JobView(jobId);
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.ALL);
                var stuck = TellStuck.of(jobId, cluster, clock, (job, waiting) -> {
                    view.waitsFor(waiting);
                    if (say.json()) {
                        say.answer(view.result(), "");
                    } else if (waiting != null) {
                        display.line(waiting.text());
                    }
                })) {
            var following = new FollowJob(reader, view, event -> {
                if (say.json()) {
                    say.answer(view.result(), "");
                } else {
                    tell.tell(event);
                }
            });
            following.catchUp();
            while (true) {
                following.readOn();
                stuck.look();
            }
        }
    }
}
