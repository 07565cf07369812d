package dev.unitymlops.cli.jobs;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.jobfile.NewId;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.EventText;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.job.Where;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops submit}. */
@Command(name = "submit", description = "Put a job in, and wait until it is accepted or refused.")
public final class SubmitCommand implements Callable<Integer> {
    private static final int FIRST_RUN = 1;

    private final Say say;
    private final FindCluster find;
    private final ReadJobFile read;
    private final Clock clock;

    @Parameters(paramLabel = "FILE", description = "A job file, YAML or JSON.")
    private @Nullable Path file;

    @Option(names = "--follow", description = "Stay until the job has come to its end, and end as it does.")
    private boolean follow;

    @Option(names = "--new-id", description = "Give the job an id that nobody has used: its own, and the time.")
    private boolean newId;

    public SubmitCommand(Say say, FindCluster find, ReadJobFile read, Clock clock) {
        this.say = say;
        this.find = find;
        this.read = read;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        // An invalid file is told of even where there is no platform.
        TrainingJob asWritten = read.job(requireNonNull(file), Where.ELSEWHERE, say);
        TrainingJob job = newId ? NewId.of(asWritten, clock) : asWritten;
        Cluster cluster = find.find();
        Answer answer = submit(cluster, job);
        if (answer instanceof Answer.Rejected rejected) {
            throw new Refused(refusal(rejected.event()));
        }
        if (answer instanceof Answer.Duplicate) {
            say.tell("Job " + job.getJobId() + " was there already, with the same content; nothing was started. See"
                    + " mlops watch " + job.getJobId() + "; a failed one goes on with mlops retry " + job.getJobId()
                    + ".");
        }
        return follow ? new Watch(cluster, say, clock).untilDone(job.getJobId(), FIRST_RUN) : ExitCode.DONE.code();
    }

    private Answer submit(Cluster cluster, TrainingJob job) throws InterruptedException {
        String jobId = job.getJobId();
        var topics = List.of(Topics.JOB_PROGRESS, Topics.JOB_REJECTED, Topics.BUILD_WORK);
        try (var reader = EventReader.fromNow(cluster, topics);
                var writer = new EventWriter(cluster, clock)) {
            RecordCoordinates at = writer.request(job, FIRST_RUN);
            Answer answer = new AwaitAnswer(reader).toRequest(jobId, FIRST_RUN, at);
            Submission submission = Submission.of(jobId, FIRST_RUN, ContentHash.of(job), at, answer);
            if (!follow || answer instanceof Answer.Rejected) {
                boolean accepted = answer instanceof Answer.Accepted;
                say.answer(submission, accepted ? "Job " + jobId + " is accepted. Next: mlops watch " + jobId : "");
            }
            return answer;
        }
    }

    private static String refusal(JobRejected event) {
        String remedy =
                event.getReason().equals("duplicate") ? " --new-id puts it in under an id that nobody has used." : "";
        return "Job " + event.getJobId() + " is refused: " + EventText.reasons(event) + "." + remedy;
    }
}
