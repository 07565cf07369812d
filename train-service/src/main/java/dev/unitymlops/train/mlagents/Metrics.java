package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.train.eventfile.TrainingCurves;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Final figures, each from what the trainer wrote: event files, {@code training_status.json} and the console. */
final class Metrics {

    private Metrics() {}

    /**
     * @param behavior the job's behaviour, whose figures these are; scalars of others have their name in front
     * @param steps trainer steps that it was trained for
     * @param rewardStd from the console: event files do not hold it
     * @param resumedFrom from the console
     */
    static TrainingMetrics of(
            RunFolder run, String behavior, long steps, @Nullable Double rewardStd, @Nullable Long resumedFrom)
            throws IOException {
        TrainingCurves curves = run.curves(behavior);
        return TrainingMetrics.newBuilder()
                .setSteps(steps)
                .setMeanReward(curves.lastMeanReward())
                .setFirstMeanReward(curves.firstMeanReward())
                .setRewardStd(rewardStd)
                .setEpisodes(curves.episodes())
                .setResumedFromStep(resumedFrom)
                .setScalars(scalars(run, behavior, curves))
                .build();
    }

    private static Map<String, Double> scalars(RunFolder run, String behavior, TrainingCurves curves)
            throws IOException {
        Map<String, Double> scalars = new TreeMap<>(curves.last());
        for (Path folder : run.behaviorFolders()) {
            String other = folder.getFileName().toString();
            if (!other.equals(behavior)) {
                run.curves(other).last().forEach((tag, value) -> scalars.put(other + "/" + tag, value));
            }
        }
        return scalars;
    }
}
