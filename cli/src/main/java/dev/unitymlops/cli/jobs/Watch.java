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

/** Stays with a job until its end. */
final class Watch {
    private Watch() {}

    /**
     * Shows a job's events as they come, and its result when it is over.
     *
     * @param run the run, or a later one, whose end is waited for
     * @return the exit code that tells how it ended
     */
    static int untilDone(Cluster cluster, Say say, String jobId, int run) {
        var tell = new TellEvents(new Display(say.terminal()));
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.ALL)) {
            var following = new FollowJob(reader, new JobView(jobId), tell::tell);
            following.catchUp();
            following.untilOver(run, () -> true);
            JobResult result = following.view().result();
            say.answer(FinishedJob.of(result, following.view()), "\n" + ResultText.of(result));
            return (result.state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }
}
