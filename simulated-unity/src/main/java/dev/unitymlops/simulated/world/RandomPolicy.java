package dev.unitymlops.simulated.world;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Plays a world with uniformly random decisions: the figure that a training has to beat. */
public final class RandomPolicy {

    private RandomPolicy() {}

    /**
     * How the random policy did.
     *
     * @param episodes number of whole episodes
     * @param meanReward mean of their cumulative rewards
     * @param std population standard deviation of them, as ML-Agents prints it
     * @param seed of the world and of the decisions
     */
    public record Score(int episodes, double meanReward, double std, long seed) {
        public String toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("episodes", episodes);
            json.addProperty("mean_reward", meanReward);
            json.addProperty("std", std);
            json.addProperty("seed", seed);
            return json.toString();
        }
    }

    /**
     * Plays that many episodes, one after the other, so that short ones are not favoured.
     *
     * @throws IllegalArgumentException for an unknown world or fewer than one episode
     */
    public static Score play(WorldDefinition definition, long seed, int episodes) {
        if (episodes < 1) {
            throw new IllegalArgumentException("episodes is " + episodes + "; it must be at least 1.");
        }
        SplittableRandom random = new SplittableRandom(seed);
        World world = KnownWorld.named(definition.world()).open(definition.withAgents(1), seed, Parameters.NONE);
        world.reset();
        double[] rewards = new double[episodes];
        int finished = 0;
        while (finished < episodes) {
            Moment moment =
                    world.advance(List.of(decide(definition.actions(), random))).getFirst();
            rewards[finished] += moment.reward();
            if (moment.over()) {
                finished++;
            }
        }
        double mean = DoubleStream.of(rewards).average().orElseThrow();
        double variance = DoubleStream.of(rewards)
                .map(reward -> (reward - mean) * (reward - mean))
                .average()
                .orElseThrow();
        return new Score(episodes, mean, Math.sqrt(variance), seed);
    }

    private static AgentAction decide(ActionSpace actions, SplittableRandom random) {
        List<Float> continuous = IntStream.range(0, actions.continuous())
                .mapToObj(index -> (float) random.nextDouble(-1, 1))
                .toList();
        List<Integer> discrete =
                actions.branches().stream().map(random::nextInt).toList();
        return new AgentAction(continuous, discrete);
    }
}
