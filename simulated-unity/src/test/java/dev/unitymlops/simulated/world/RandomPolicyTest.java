package dev.unitymlops.simulated.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RandomPolicyTest {

    private final WorldDefinition definition = Definitions.reach(
            new ActionSpace(2, List.of()), Definitions.vector("target_position", 2), Definitions.vector("velocity", 2));

    @Test
    void repeatsItselfForASeedAndDiffersForAnother() {
        RandomPolicy.Score score = RandomPolicy.play(definition, 1, 50);
        assertThat(RandomPolicy.play(definition, 1, 50)).isEqualTo(score);
        assertThat(RandomPolicy.play(definition, 2, 50).meanReward()).isNotEqualTo(score.meanReward());
    }

    @Test
    void isFarFromWhatWalkingStraightEarns() {
        assertThat(RandomPolicy.play(definition, 1, 400).meanReward()).isCloseTo(-0.47, within(0.1));
        assertThat(straightWalk(200)).isGreaterThan(1.5);
    }

    @Test
    void scoreIsJson() {
        assertThat(new RandomPolicy.Score(3, -0.5, 0.25, 7).toJson())
                .isEqualTo("{\"episodes\":3,\"mean_reward\":-0.5,\"std\":0.25,\"seed\":7}");
    }

    @Test
    void refusesToPlayNoEpisode() {
        assertThatThrownBy(() -> RandomPolicy.play(definition, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("episodes is 0");
    }

    /** The mean reward of one who heads for the target that it sees: what a trained policy approaches. */
    private double straightWalk(int episodes) {
        World world = KnownWorld.REACH_TARGET.open(definition.withAgents(1), 1, Parameters.NONE);
        List<Moment> moments = world.reset();
        double sum = 0;
        int finished = 0;
        while (finished < episodes) {
            List<Float> seen = moments.getLast().observations().getFirst();
            double way = Math.hypot(seen.get(0), seen.get(1));
            List<Float> thrust = List.of((float) (seen.get(0) / way), (float) (seen.get(1) / way));
            moments = world.advance(List.of(new AgentAction(thrust, List.of())));
            sum += moments.getFirst().reward();
            finished += moments.getFirst().over() ? 1 : 0;
        }
        return sum / episodes;
    }
}
