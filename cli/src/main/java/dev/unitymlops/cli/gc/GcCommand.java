package dev.unitymlops.cli.gc;

import dev.unitymlops.build.unity.EarlierBuilds;
import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.Connection;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.models.AskRegistry;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.registry.Registries;
import dev.unitymlops.registry.RegistryConfig;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.runtime.Bytes;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.JobFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mlops gc}. */
@Command(
        name = "gc",
        description = "Remove what ended jobs, builds and killed processes have left, except what live jobs and"
                + " registered models need.")
public final class GcCommand implements Callable<Integer> {
    /** The services cannot be configured without, but nobody connects to them by these. */
    private static final Map<String, String> NO_CLUSTER =
            Map.of("bootstrap.servers", "none", "schema.registry.url", "none");

    private final Say say;
    private final FindCluster find;
    private final Map<String, String> environment;
    private final Clock clock;

    @Mixin
    private GcOptions options = new GcOptions();

    public GcCommand(Say say, FindCluster find, Map<String, String> environment, Clock clock) {
        this.say = say;
        this.find = find;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Rules rules = options.rules(clock.instant());
        Cluster cluster = cluster();
        RegistryConfig config = config(cluster);
        Path workDir = config.stage().worker().scratch();
        List<GcRow> rows = new ArrayList<>(new CleanPlace(rules).clean(artifacts(config, cluster, workDir)));
        rows.addAll(new CleanPlace(rules).clean(FindCaches.in(workDir)));
        return tell(rows, rules);
    }

    /** Null when there is none to ask. */
    private @Nullable Cluster cluster() throws IOException {
        if (options.noCluster()) {
            return null;
        }
        try {
            return find.find();
        } catch (Unreachable e) {
            throw new Unreachable(
                    e.getMessage() + " A cluster knows which jobs are live; where only `mlops run` works on the"
                            + " artifacts, say --no-cluster.",
                    e);
        }
    }

    /** Where the services have their folders, as far as this folder's platform does not say it. */
    private RegistryConfig config(@Nullable Cluster cluster) {
        Map<String, String> defaults = new HashMap<>();
        Optional<Connection> local = cluster == null ? Optional.empty() : cluster.local();
        if (cluster == null || local.isPresent()) {
            defaults.put("work.dir", find.options().dataDir().resolve("work").toString());
        }
        local.map(Connection::artifacts).ifPresent(root -> defaults.put("artifacts.root", root));
        return options.services().settings(environment, NO_CLUSTER, defaults).read(RegistryConfig::from);
    }

    private List<Candidate> artifacts(RegistryConfig config, @Nullable Cluster cluster, Path workDir)
            throws IOException, InterruptedException {
        ArtifactStore store = config.stage().worker().artifacts().store();
        List<JobFolder> jobs = store.jobs();
        Set<String> ids = jobs.stream().map(JobFolder::jobId).collect(Collectors.toSet());
        Named registered = new Named(ids);
        for (JobFolder job : jobs) {
            RegisteredModels.nameIn(registered, job);
        }
        try (var registries = new Registries(config, clock)) {
            for (String word : words()) {
                RegisteredModels.nameIn(registered, named(registries, word));
            }
        }
        Named live = new Named(ids);
        if (cluster != null) {
            new LiveJobs(cluster).nameIn(live);
        }
        return new FindArtifacts(live, registered, EarlierBuilds.in(workDir).uses()).in(store, jobs);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("file"));
        words.addAll(options.registries());
        return words;
    }

    private ModelRegistry named(Registries registries, String word) throws InterruptedException {
        return AskRegistry.of(
                word,
                () -> registries.named(
                        word,
                        environment.get("VERTEX_PROJECT"),
                        environment.getOrDefault("VERTEX_REGION", "us-central1")));
    }

    private int tell(List<GcRow> rows, Rules rules) {
        GcTotal total = GcTotal.of(rows, rules.dryRun());
        if (say.json()) {
            rows.forEach(row -> say.answer(row, ""));
        } else if (!rows.isEmpty()) {
            say.text(table(rows));
        }
        say.answer(total, total.text());
        rows.stream().filter(row -> row.is(GcRow.FAILED)).forEach(row -> say.tell(row.folder() + ": " + row.reason()));
        return (total.failed().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private static String table(List<GcRow> rows) {
        var table = new Table("ACTION", "SIZE", "LAST USED", "KIND", "FOLDER", "WHY");
        rows.forEach(row -> table.row(
                row.action(),
                Bytes.text(row.bytes()),
                row.lastUsed().toString(),
                row.kind().word(),
                row.folder(),
                row.reason()));
        return table.text();
    }
}
