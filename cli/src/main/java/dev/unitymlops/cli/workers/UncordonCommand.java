package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.workers.Places.Place;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops workers uncordon}. */
@Command(name = "uncordon", description = "Let cordoned workers take work again.")
final class UncordonCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    @Parameters(paramLabel = "WORKER", description = "A host, a host and stage such as rig-7/train, or a worker's id.")
    private String worker = "";

    UncordonCommand(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster cluster = find.find();
        List<Place> places = Places.read(cluster).cordoned(worker);
        try (var writer = new EventWriter(cluster, clock)) {
            for (Place place : places) {
                writer.uncordon(place.key());
                say.answer(
                        CordonRow.of(place, false), "Lifted the cordon of " + place.key() + ": its workers take work.");
            }
        }
        return ExitCode.DONE.code();
    }
}
