package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.Bytes;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.OnFatal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker from new jobs while a disk that it writes to is full: they wait in the queue instead of failing. What
 * runs goes on, and may make the space. It has a thread of its own, since a network file system may take its time to answer.
 */
public final class WatchSpace implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(WatchSpace.class);
    private static final long SECONDS_BETWEEN = 5;

    private final String stage;
    private final long least;
    private final Map<String, Path> places;
    private final Pauses.Pause pause;
    private final FreeSpace space;
    private final Map<String, Double> free = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;

    /**
     * Watches.
     *
     * @param least free bytes below which no new work is taken; 0: any
     * @param places folders that work is written to, by what they are called in the metric
     */
    WatchSpace(
            String stage,
            long least,
            Map<String, Path> places,
            Pauses.Pause pause,
            FreeSpace space,
            MeterRegistry metrics) {
        this.stage = stage;
        this.least = least;
        this.places = Map.copyOf(places);
        this.pause = pause;
        this.space = space;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(stage + "-space").daemon().factory());
        places.keySet()
                .forEach(place -> Gauge.builder("mlops.stage.space.free", () -> free.getOrDefault(place, Double.NaN))
                        .description("What may still be written there; no number where there is no limit")
                        .baseUnit("bytes")
                        .tag("stage", stage)
                        .tag("place", place)
                        .register(metrics));
    }

    /** For the places of a worker. */
    public static WatchSpace of(Worker worker, String stage, WorkerSettings settings, MeterRegistry metrics) {
        return new WatchSpace(
                stage,
                settings.minFree(),
                Map.of("artifacts", settings.artifacts().store().root(), "work", settings.scratch()),
                worker.pauses().pause(),
                FreeSpace::ofFileSystem,
                metrics);
    }

    @Override
    public String name() {
        return stage + "-space";
    }

    /** The first look comes before the worker takes its first job. */
    @Override
    public void start(OnFatal onFatal) {
        look();
        var unused = thread.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    /** Measures, and sets or lifts the pause. */
    void look() {
        List<String> tooFull = new ArrayList<>();
        places.forEach((place, folder) -> {
            OptionalLong bytes = measured(folder);
            bytes.ifPresent(left -> free.put(place, (double) left));
            if (bytes.isPresent() && bytes.getAsLong() < least) {
                tooFull.add("no space left under " + folder + " (" + Bytes.text(bytes.getAsLong())
                        + " free, worker.min-free is " + Bytes.text(least) + ")");
            }
        });
        if (tooFull.isEmpty()) {
            pause.lift();
        } else {
            pause.set(String.join("; ", tooFull.stream().sorted().toList()));
        }
    }

    /** What cannot be measured keeps nobody from work: the attempt itself will say what is wrong with the folder. */
    private OptionalLong measured(Path folder) {
        try {
            return space.under(folder);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The free space cannot be measured stage={} folder={} reason=\"{}\"", stage, folder, e.toString());
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    @Override
    public Health check() {
        String words = pause.words();
        return words == null ? Health.up() : Health.degraded(words);
    }
}
