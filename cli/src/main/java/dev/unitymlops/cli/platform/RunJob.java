package dev.unitymlops.cli.platform;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.settings.ServiceOptions;
import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.view.FinishedJob;
import dev.unitymlops.cli.view.FollowJob;
import dev.unitymlops.cli.view.JobResult;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.cli.view.TellEvents;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.Requirements;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one job on a platform that lives only for it. */
final class RunJob {
    private final Say say;
    private final ServiceOptions options;
    private final Path work;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param work folder for scratch files, and for what later builds of the same project can use */
    RunJob(Say say, ServiceOptions options, Path work, Map<String, String> environment, Clock clock) {
        this.say = say;
        this.options = options;
        this.work = work;
        this.environment = environment;
        this.clock = clock;
    }

    /** The end of that run; a signal on the way cancels it first. */
    FinishedJob run(TrainingJob job, int run, Interruption interruption) throws Exception {
        RunFolders.deleteForgotten();
        try (var folder = RunFolders.create();
                var platform = OwnPlatform.start(
                        PlatformSettings.broker(folder.path().resolve("kafka")),
                        0,
                        Pipeline.STAGES,
                        (servers, registry) -> {
                            var fixed = PlatformSettings.fixed(servers, registry, work);
                            return options.settings(environment, fixed, defaults(job));
                        })) {
            interruption.patient();
            return follow(platform, job, run, interruption);
        }
    }

    private static Map<String, String> defaults(TrainingJob job) {
        var defaults = new HashMap<>(PlatformSettings.defaults(1, -1));
        defaults.put("artifacts.allowed-roots", job.getOutputDir());
        // The only workers there will ever be are those of this process: without its labels the job would wait for
        // ever.
        defaults.put("worker.labels", String.join(",", labels(job.getRequires())));
        return defaults;
    }

    private static Set<String> labels(@Nullable Requirements required) {
        if (required == null) {
            return Set.of();
        }
        return Stream.of(required.getBuild(), required.getTrain(), required.getRegistry())
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private FinishedJob follow(OwnPlatform platform, TrainingJob job, int run, Interruption interruption)
            throws Exception {
        Cluster cluster = Cluster.of(platform.bootstrapServers(), platform.schemaRegistryUrl());
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.ALL);
                var writer = new EventWriter(cluster, clock);
                var display = new Display(say.terminal())) {
            var tell = new TellEvents(display);
            var following = new FollowJob(reader, new JobView(job.getJobId()), tell::tell);
            writer.request(job, run);
            following.untilOver(run, () -> !interruption.asked() && isWell(platform));
            if (interruption.asked()) {
                display.line("Cancelling: the trainer saves and stops; this may take a minute.");
                writer.cancel(job.getJobId(), run, "interrupted");
                following.untilOver(run, () -> isWell(platform));
            }
            return FinishedJob.of(compared(following.view(), job), following.view());
        }
    }

    /** Throws what broke the platform. */
    private static boolean isWell(OwnPlatform platform) {
        CompletableFuture<Throwable> broken = platform.broken();
        if (broken.isDone()) {
            throw new IllegalStateException("the platform cannot go on", broken.join());
        }
        return true;
    }

    private JobResult compared(JobView view, TrainingJob job) throws IOException {
        JobResult result = view.result();
        Optional<ArtifactFile> player = view.player();
        return result.training() != null && RandomPlay.possible(job) && player.isPresent()
                ? result.besideRandom(
                        RandomPlay.meanReward(player.get(), job.getRlConfig().getSeed()))
                : result;
    }
}
