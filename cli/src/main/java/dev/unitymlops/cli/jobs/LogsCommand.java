package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.stage.artifacts.ArtifactSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops logs}. */
@Command(name = "logs", description = "Show what the outside programs of a job's attempts wrote: Unity, the trainer.")
public final class LogsCommand implements Callable<Integer> {

    private static final Duration AT_MOST = Duration.ofMillis(500);

    private final Say say;
    private final FindCluster find;
    private final Map<String, String> environment;
    private String file = "";

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    @Option(names = "--follow", description = "Go on until the job has ended.")
    private boolean follow;

    @Option(
            names = "--artifacts",
            paramLabel = "DIR",
            defaultValue = "artifacts",
            description = "Where `mlops run` has left the job's files, a folder or gs://bucket/folder; used when no"
                    + " platform runs. Default: ${DEFAULT-VALUE}.")
    private String artifacts = "artifacts";

    public LogsCommand(Say say, FindCluster find, Map<String, String> environment) {
        this.say = say;
        this.find = find;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        Optional<Cluster> cluster = cluster();
        if (cluster.isEmpty()) {
            show(new LogFiles(folder(artifacts)));
            return ExitCode.DONE.code();
        }
        try (EventReader reader = EventReader.fromBeginning(cluster.get(), EventTopics.ALL)) {
            JobView job = new JobView(jobId);
            reader.history().stream().sorted(JobEvent.BY_TIME).forEach(job::add);
            if (job.heardAt() == null) {
                throw KnownJob.unknown(jobId, Set.of());
            }
            LogFiles logs = new LogFiles(folder(cluster.get(), job));
            show(logs);
            while (follow && !job.state().over()) {
                reader.poll(AT_MOST).forEach(job::add);
                show(logs);
            }
            show(logs);
        }
        return ExitCode.DONE.code();
    }

    /** Empty when no platform runs here, but `mlops run` has left the job's logs. */
    private Optional<Cluster> cluster() throws IOException {
        try {
            return Optional.of(find.find());
        } catch (Unreachable e) {
            if (Files.isDirectory(folder(artifacts))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** That of this folder's platform, else the one that an event named. */
    private Path folder(Cluster cluster, JobView job) {
        return cluster.local()
                .map(local -> folder(local.artifacts()))
                .or(() -> Optional.ofNullable(job.result().artifacts()).map(this::place))
                .orElseThrow(() -> new Refused("No event of job " + jobId
                        + " names its artifacts yet; try again when its first attempt has ended."));
    }

    private Path folder(String root) {
        return place(root).resolve(jobId);
    }

    /** A path or a URI. */
    private Path place(String text) {
        return new ArtifactSettings(text, List.of(), environment.get("MLOPS_GCS_ENDPOINT"))
                .store()
                .root();
    }

    private void show(LogFiles logs) throws IOException {
        for (LogFiles.Line line : logs.more()) {
            if (!say.json() && !line.file().equals(file)) {
                file = line.file();
                say.text("==> " + file);
            }
            say.answer(line, line.line());
        }
    }
}
