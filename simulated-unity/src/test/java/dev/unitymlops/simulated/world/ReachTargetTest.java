package dev.unitymlops.simulated.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unitymlops.simulated.world.Moment.Ending;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTargetTest {

    private static final ActionSpace PLANE = new ActionSpace(2, List.of());

    @Test
    void sensorsAreUnitys() {
        WorldDefinition definition = Definitions.reach(
                PLANE,
                Definitions.vector("velocity", 3),
                new Observation("eyes", Observation.Sensor.RAYCAST, 12, List.of(12)),
                new Observation("whiskers", Observation.Sensor.RAYCAST, 6, List.of(6)),
                Definitions.vector("raycast", 8));
        assertThat(open(definition).sensors())
                .containsExactly(
                        new SensorSpec("eyes", 12),
                        new SensorSpec("VectorSensor_size11", 11),
                        new SensorSpec("whiskers", 6));
        assertThat(open(definition).reset().getFirst().observations())
                .extracting(List::size)
                .containsExactly(12, 11, 6);
    }

    @Test
    void raysShineWhereTheTargetIs() {
        WorldDefinition definition =
                Definitions.reach(PLANE, Definitions.vector("target_position", 2), Definitions.vector("raycast", 8));
        for (Moment moment : open(definition).reset()) {
            List<Float> seen = moment.observations().getFirst();
            List<Float> rays = seen.subList(2, 10);
            double brightest = 2 * Math.PI * rays.indexOf(Collections.max(rays)) / 8;
            double off = Math.atan2(seen.get(1), seen.get(0)) - brightest;
            assertThat(Math.cos(off)).isGreaterThan(Math.cos(Math.PI / 8) - 1e-6);
        }
    }

    @Test
    void threeValuesAreAUnityVectorWithoutHeight() {
        WorldDefinition definition =
                Definitions.reach(PLANE, Definitions.vector("target_position", 2), Definitions.vector("goal", 3));
        List<Float> seen = open(definition).reset().getFirst().observations().getFirst();
        assertThat(seen.subList(2, 5)).containsExactly(seen.get(0), 0f, seen.get(1));
    }

    @Test
    void aLonePositionIsTakenFromTheTarget() {
        WorldDefinition alone = Definitions.reach(PLANE, Definitions.vector("position", 2));
        WorldDefinition named = Definitions.reach(PLANE, Definitions.vector("target_position", 2));
        assertThat(open(alone).reset()).isEqualTo(open(named).reset());
    }

    @Test
    void runningAwayEndsAtTheStepLimit() {
        World world = open(Definitions.reach(PLANE, Definitions.vector("target_position", 2))
                .withAgents(1));
        List<Moment> moments = world.reset();
        int decisions = 0;
        float reward = 0;
        while (moments.size() == 1) {
            moments = world.advance(List.of(new AgentAction(List.of(0f, 0f), List.of())));
            reward += moments.getFirst().reward();
            decisions++;
        }
        assertThat(moments.getFirst().ending()).isEqualTo(Ending.STEP_LIMIT);
        assertThat(decisions).isEqualTo(Square.STEP_LIMIT / 5);
        assertThat(reward).isCloseTo(-0.6f, within(1e-4f));
    }

    @Test
    void aCompassAndNotchesMoveToo() {
        assertThat(Steering.of(new ActionSpace(0, List.of(5))).thrust(choose(2)))
                .containsExactly(new double[] {0, 1}, within(1e-9));
        assertThat(Steering.of(new ActionSpace(0, List.of(5))).thrust(choose(0)))
                .containsExactly(0, 0);
        assertThat(Steering.of(new ActionSpace(0, List.of(3, 3))).thrust(choose(0, 2)))
                .containsExactly(-1, 1);
        assertThat(Steering.of(new ActionSpace(0, List.of(3))).axes()).isEqualTo(1);
        assertThat(Steering.of(new ActionSpace(1, List.of(3))).thrust(new AgentAction(List.of(0.5f), List.of(1))))
                .containsExactly(0.5, 0);
    }

    @Test
    void namesEverythingThatItCannotPlay() {
        WorldDefinition wrong = Definitions.reach(new ActionSpace(0, List.of()), Definitions.vector("target", 2));
        assertThat(KnownWorld.REACH_TARGET.complaints(wrong))
                .singleElement()
                .asString()
                .contains("no actions");
        assertThat(KnownWorld.REACH_TARGET.complaints(Definitions.reach(PLANE, Definitions.vector("velocity", 2))))
                .singleElement()
                .asString()
                .contains("No observation can tell");
        assertThat(KnownWorld.REACH_TARGET.complaints(Definitions.reach(PLANE, Definitions.vector("raycast", 8))))
                .isEmpty();
    }

    private static World open(WorldDefinition definition) {
        return KnownWorld.REACH_TARGET.open(definition, 7, Parameters.NONE);
    }

    private static AgentAction choose(Integer... choices) {
        return new AgentAction(List.of(), List.of(choices));
    }
}
