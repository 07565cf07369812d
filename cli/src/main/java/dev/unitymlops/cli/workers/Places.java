package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.queues.Queues;
import dev.unitymlops.cli.queues.ReadQueues;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerCordon;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.job.Suggestion;
import dev.unitymlops.stage.worker.Cordon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where workers are or were, and what people call them: by a worker's id, by host, or by {@code host/stage}. */
final class Places {
    private final SortedMap<String, Place> all = new TreeMap<>();
    private final Map<String, Place> byWorker = new HashMap<>();
    private final Set<Place> cordoned = new HashSet<>();

    /** The workers of a stage on a host. */
    record Place(String host, Stage stage) {
        String key() {
            return Cordon.place(host, stage);
        }
    }

    /** As the cluster tells them now. */
    static Places read(Cluster cluster) throws InterruptedException {
        try (var workers = ReadQueues.ofWorkers(cluster)) {
            return new Places(workers.queues());
        }
    }

    private Places(Queues queues) {
        for (WorkerPresence worker : queues.workers()) {
            byWorker.put(worker.getWorkerId(), add(new Place(worker.getHost(), worker.getStage())));
        }
        for (WorkerCordon cordon : queues.cordons().values()) {
            cordoned.add(add(new Place(cordon.getHost(), cordon.getStage())));
        }
    }

    private Place add(Place place) {
        all.put(place.key(), place);
        return place;
    }

    /**
     * The places that somebody means.
     *
     * @throws Refused when there is no such worker, host or place
     */
    List<Place> named(String name) {
        Place ofWorker = byWorker.get(name);
        List<Place> found = ofWorker != null
                ? List.of(ofWorker)
                : all.values().stream()
                        .filter(place ->
                                place.key().equals(name) || place.host().equals(name))
                        .toList();
        if (found.isEmpty()) {
            throw new Refused("There is no worker " + name
                    + Suggestion.nearest(name, names())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; mlops workers shows those there are: give a host, or host/stage."));
        }
        return found;
    }

    /**
     * Those of them whose workers are to take no new work.
     *
     * @throws Refused when there are none
     */
    List<Place> cordoned(String name) {
        List<Place> found = named(name).stream().filter(cordoned::contains).toList();
        if (found.isEmpty()) {
            throw new Refused("There is nothing to lift: " + name + " is not cordoned.");
        }
        return found;
    }

    private List<String> names() {
        var names = new TreeSet<>(byWorker.keySet());
        all.forEach((key, place) -> {
            names.add(key);
            names.add(place.host());
        });
        return new ArrayList<>(names);
    }
}
