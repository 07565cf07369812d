package dev.unitymlops.cli.platform;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.view.JobResult;
import dev.unitymlops.cli.view.JobState;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.stage.artifacts.AttemptResult;
import dev.unitymlops.stage.artifacts.CheckpointSets;
import dev.unitymlops.stage.artifacts.JobFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What earlier runs of a job have left in its folder. */
final class JobArtifacts {
    private final JobFolder folder;
    private final TrainingJob job;
    private final String contentHash;

    JobArtifacts(JobFolder folder, TrainingJob job, String contentHash) {
        this.folder = folder;
        this.job = job;
        this.contentHash = contentHash;
    }

    /** @throws Refused when the folder belongs to a job of this id with other content */
    void requireOwn() throws IOException {
        Optional<String> there = folder.identity();
        if (there.isPresent() && !there.get().equals(contentHash)) {
            throw new Refused("Job " + job.getJobId() + " is already there with other content: " + folder.path()
                    + " is of content " + there.get() + ", this file is of content " + contentHash
                    + ". Run it under another id with --new-id, or change its job_id.");
        }
    }

    /** The number of the run that comes next. */
    int nextRun() throws IOException {
        return folder.latestRun() + 1;
    }

    /** The latest run, in words, if nothing has ended it: its process was killed. */
    Optional<String> unfinished() throws IOException {
        int run = folder.latestRun();
        if (run == 0 || folder.results(run).stream().anyMatch(JobArtifacts::ends)) {
            return Optional.empty();
        }
        String reached = CheckpointSets.latestComplete(folder.attempts(run, Stage.TRAIN))
                .map(last -> "its last checkpoint is " + last.name())
                .orElse("it has no checkpoint");
        return Optional.of("Run " + run + " did not come to its end (" + reached + ").");
    }

    private static boolean ends(AttemptResult result) {
        return !(result.ending() instanceof AttemptResult.Ending.Succeeded)
                || result.id().stage() == Stage.REGISTRY;
    }

    /** The latest run, if it succeeded. */
    Optional<JobResult> success() throws IOException {
        int run = folder.latestRun();
        var view = new JobView(job.getJobId());
        for (AttemptResult result : run == 0 ? List.<AttemptResult>of() : folder.results(run)) {
            if (result.ending() instanceof AttemptResult.Ending.Succeeded succeeded) {
                view.add(event(result, succeeded.event()));
            }
        }
        return Optional.of(view.result()).filter(result -> result.state() == JobState.SUCCEEDED);
    }

    /** As it was on its topic, of which nothing is left. */
    private static JobEvent event(AttemptResult result, SpecificRecord event) {
        return new JobEvent("", 0, 0, result.completedAt(), event.getSchema().getFullName(), event);
    }
}
