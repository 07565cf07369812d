package dev.unitymlops.cli.platform;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.cluster.ClusterOptions;
import dev.unitymlops.cli.jobfile.NewId;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.settings.ServiceOptions;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.trainerenv.MakeTrainerEnv;
import dev.unitymlops.cli.view.FinishedJob;
import dev.unitymlops.cli.view.JobResult;
import dev.unitymlops.cli.view.JobState;
import dev.unitymlops.cli.view.ResultText;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.job.Where;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.stage.artifacts.ArtifactSettings;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.stage.artifacts.JobLock;
import dev.unitymlops.stage.artifacts.JobRefused;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mlops run}. */
@Command(
        name = "run",
        description = "Run one job from its file to its registered model, all in this process, on a broker of its own.")
public final class RunCommand implements Callable<Integer> {
    private final Say say;
    private final ClusterOptions cluster;
    private final ReadJobFile read;
    private final Map<String, String> environment;
    private final Clock clock;

    @Parameters(paramLabel = "FILE", description = "A job file, YAML or JSON.")
    private @Nullable Path file;

    @Mixin
    private RunOptions options = new RunOptions();

    /** @param cluster names the folder whose {@code work} is used: copies of Unity projects stay there */
    public RunCommand(Say say, ClusterOptions cluster, ReadJobFile read, Map<String, String> environment, Clock clock) {
        this.say = say;
        this.cluster = cluster;
        this.read = read;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        TrainingJob asWritten = read.job(requireNonNull(file), Where.HERE, say);
        TrainingJob job = options.newId() ? NewId.of(asWritten, clock) : asWritten;
        try (var interruption = new Interruption(ExitCode.INTERRUPTED)) {
            ArtifactSettings artifacts = artifacts(job);
            JobFolder folder = artifacts.store().job(job);
            Path log = ServicesLog.to(log(artifacts, folder, job), options.log().verbose());
            try (JobLock lock = folder.lock()) {
                FinishedJob finished = resultOf(job, folder, log, interruption);
                say.answer(finished, "\n" + ResultText.of(finished.result()));
                return exitCode(finished.result(), interruption).code();
            } catch (Exception stopped) {
                if (!interruption.asked()) {
                    throw stopped;
                }
                // Said here: after the interruption's end the process has no time left for it.
                say.tell((say.terminal().live() ? "\n" : "") + interruption.told(stopped));
                return ExitCode.INTERRUPTED.code();
            }
        } catch (JobRefused refused) {
            throw new Refused(String.valueOf(refused.getMessage()));
        }
    }

    private ArtifactSettings artifacts(TrainingJob job) {
        ServiceOptions services = options.services();
        return new ArtifactSettings(
                services.value("artifacts.root", environment).orElse("artifacts"),
                List.of(job.getOutputDir()),
                services.value("gcs.endpoint", environment).orElse(null));
    }

    /** Beside the job's files; in the data folder when those are in a bucket, where no log can grow. */
    private Path log(ArtifactSettings artifacts, JobFolder folder, TrainingJob job) {
        return artifacts.onDisk()
                ? folder.path().resolve("mlops.log")
                : cluster.dataDir().resolve("logs").resolve(job.getJobId() + ".log");
    }

    private FinishedJob resultOf(TrainingJob job, JobFolder folder, Path log, Interruption interruption)
            throws Exception {
        var artifacts = new JobArtifacts(folder, job, ContentHash.of(job));
        artifacts.requireOwn();
        Optional<JobResult> earlier = artifacts.success();
        if (earlier.isPresent()) {
            say.tell("Job " + job.getJobId() + " has already succeeded with the same content; this is that result."
                    + " Run it once more under another id with --new-id.");
            return new FinishedJob(earlier.get(), List.of());
        }
        if (!job.getDryRun()
                && job.getTrainingCommand() == null
                && !options.services().nameTrainer()) {
            new MakeTrainerEnv(say, environment, clock).ensure(options.yes());
        }
        int run = artifacts.nextRun();
        artifacts.unfinished().ifPresent(before -> say.tell(before + " Run " + run + " starts anew, at step 0."));
        say.tell("Running job " + job.getJobId() + (run > 1 ? ", run " + run : "") + "; the log of the services is "
                + log);
        Path work = cluster.dataDir().resolve("work");
        return new RunJob(say, options.services(), work, environment, clock).run(job, run, interruption);
    }

    private static ExitCode exitCode(JobResult result, Interruption interruption) {
        if (interruption.asked() && result.state() != JobState.SUCCEEDED) {
            return ExitCode.INTERRUPTED;
        }
        return result.state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.FAILED;
    }
}
