package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.workers.Places.Place;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops workers cordon}. */
@Command(
        name = "cordon",
        description =
                "Keep workers from new work; what runs goes on. It holds for their host and stage, over restarts.")
final class CordonCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    @Parameters(paramLabel = "WORKER", description = "A host, a host and stage such as rig-7/train, or a worker's id.")
    private String worker = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; mlops workers shows it.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who asks for it. Default: the user of this machine.")
    private @Nullable String by;

    CordonCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster cluster = find.find();
        List<Place> places = Places.read(cluster).named(worker);
        String person = by == null ? System.getProperty("user.name") : by;
        try (var writer = new EventWriter(cluster, clock)) {
            for (Place place : places) {
                writer.cordon(new WorkerCordon(place.host(), place.stage(), reason, person, clock.instant()));
                say.answer(
                        CordonRow.of(place, true),
                        "Cordoned " + place.key() + ": its workers take no new work, what runs goes on. "
                                + "mlops workers uncordon " + place.key() + " lifts it.");
            }
        }
        return ExitCode.DONE.code();
    }
}
