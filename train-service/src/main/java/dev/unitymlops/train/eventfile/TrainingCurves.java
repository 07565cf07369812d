package dev.unitymlops.train.eventfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A behaviour's finite figures over its training, from every event file in its folder: those of earlier attempts come first,
 * and a summary that a resumed attempt wrote again replaces the older one.
 */
public final class TrainingCurves {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingCurves.class);
    private static final String REWARD = "Environment/Cumulative Reward";

    private final Map<String, NavigableMap<Long, Double>> scalars = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Long>> counts = new HashMap<>();

    private TrainingCurves() {}

    /**
     * Reads the event files of a folder, oldest first: their names begin with the second they were made in. A file with
     * a wrong checksum is left out and logged: a finished training is not lost for a figure.
     *
     * @throws IOException when the folder cannot be listed
     */
    public static TrainingCurves read(Path folder) throws IOException {
        TrainingCurves curves = new TrainingCurves();
        for (Path file : files(folder)) {
            try {
                EventFile.read(file).forEach(curves::add);
            } catch (IOException e) {
                LOG.warn(
                        "An event file of the trainer is left out of the metrics file={} reason={}",
                        file,
                        e.toString());
            }
        }
        return curves;
    }

    /** The event files in a folder, oldest first. */
    public static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("events.out.tfevents."))
                    .sorted()
                    .toList();
        }
    }

    private void add(SummaryValue value) {
        switch (value) {
            case SummaryValue.Scalar scalar -> {
                if (Double.isFinite(scalar.value())) {
                    scalars.computeIfAbsent(scalar.tag(), tag -> new TreeMap<>())
                            .put(scalar.step(), scalar.value());
                }
            }
            case SummaryValue.Histogram histogram ->
                counts.computeIfAbsent(histogram.tag(), tag -> new TreeMap<>())
                        .put(histogram.step(), histogram.count());
        }
    }

    /** Last value of each scalar, by tag. */
    public Map<String, Double> last() {
        Map<String, Double> last = new TreeMap<>();
        scalars.forEach((tag, values) -> last.put(tag, values.lastEntry().getValue()));
        return last;
    }

    /** Mean cumulative reward at the last summary in which an episode ended; null when there is none. */
    public @Nullable Double lastMeanReward() {
        NavigableMap<Long, Double> rewards = scalars.get(REWARD);
        return rewards == null ? null : rewards.lastEntry().getValue();
    }

    /** The same at the first such summary. */
    public @Nullable Double firstMeanReward() {
        NavigableMap<Long, Double> rewards = scalars.get(REWARD);
        return rewards == null ? null : rewards.firstEntry().getValue();
    }

    /** Episodes that ended up to the last summary; null when no episode did. */
    public @Nullable Long episodes() {
        NavigableMap<Long, Long> episodes = counts.get(REWARD + "_hist");
        return episodes == null
                ? null
                : episodes.values().stream().mapToLong(Long::longValue).sum();
    }
}
