package dev.unitymlops.registry.registration;

import dev.unitymlops.events.RegistrationGates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model must reach to be a usable version, and to be promoted.
 *
 * @param minMeanReward least mean cumulative reward per episode at the last summary
 * @param minEpisodes least number of episodes that ended in the training
 * @param maxRegression most that the mean reward may lie below that of the version in production
 * @param requiredMetrics what the trainer must have told, by the names of {@link Lineage.Metrics#value}
 */
public record Gates(
        @Nullable Double minMeanReward,
        @Nullable Long minEpisodes,
        @Nullable Double maxRegression,
        List<String> requiredMetrics) {

    public static final Gates NONE = new Gates(null, null, null, List.of());

    /** Also when nothing was missed, so that a promotion tells what it was judged by. */
    public record Result(String says, boolean passed) {}

    /** The version that has the alias production. */
    public record Production(int version, @Nullable Double meanReward) {}

    public Gates {
        requiredMetrics = requiredMetrics == null ? List.of() : List.copyOf(requiredMetrics);
    }

    /** Those of a job; null are none. */
    public static Gates of(@Nullable RegistrationGates gates) {
        return gates == null
                ? NONE
                : new Gates(
                        gates.getMinMeanReward(),
                        gates.getMinEpisodes(),
                        gates.getMaxRegression(),
                        gates.getRequiredMetrics());
    }

    /**
     * Each gate with what it demands and what was reached. A number that the trainer did not tell, or that is none, is a
     * miss.
     *
     * @param metrics of the training; null when it told none
     * @param production what the reward is compared with; null: nothing is in production
     */
    public List<Result> judge(Lineage.@Nullable Metrics metrics, @Nullable Production production) {
        List<Result> results = new ArrayList<>();
        Double reward = metrics == null ? null : metrics.meanReward();
        Long episodes = metrics == null ? null : metrics.episodes();
        if (minMeanReward != null) {
            results.add(new Result(
                    "min_mean_reward demands " + minMeanReward + ", the training " + reached(reward),
                    reward != null && reward >= minMeanReward));
        }
        if (minEpisodes != null) {
            results.add(new Result(
                    "min_episodes demands " + minEpisodes + ", the training " + reached(episodes),
                    episodes != null && episodes >= minEpisodes));
        }
        if (maxRegression != null) {
            results.add(regression(maxRegression, reward, production));
        }
        requiredMetrics.forEach(name -> results.add(required(name, metrics)));
        return results;
    }

    private static Result regression(double most, @Nullable Double reward, @Nullable Production production) {
        String demands = "max_regression allows " + most;
        if (production == null) {
            return new Result(demands + ", nothing is in production to compare with", true);
        }
        Double theirs = production.meanReward();
        if (theirs == null) {
            return new Result(
                    demands + ", version " + production.version() + " in production tells no mean reward", true);
        }
        return new Result(
                demands + " below the " + theirs + " of version " + production.version()
                        + " in production, the training " + reached(reward),
                reward != null && reward >= theirs - most);
    }

    private static Result required(String name, Lineage.@Nullable Metrics metrics) {
        Double value = metrics == null ? null : metrics.value(name);
        return new Result(
                "required_metrics demands " + name + ", the training " + reached(value),
                value != null && Double.isFinite(value));
    }

    private static String reached(@Nullable Number value) {
        return value == null ? "tells none" : "reached " + Objects.toString(value);
    }
}
