package dev.unitymlops.simulated.world;

import java.util.List;

/**
 * What one agent has to say after a step of the world: either it wants a decision or its episode is over.
 *
 * @param episode unique among the episodes of a world, also over its resets
 * @param ending whether and how the episode is over
 * @param reward gathered since this episode's previous moment
 * @param observations one list of values per sensor, in the order of {@link World#sensors()}
 */
public record Moment(int episode, Ending ending, float reward, List<List<Float>> observations) {

    /** How an episode stands. */
    public enum Ending {
        /** Not over: the agent wants a decision. */
        NONE,
        /** Over because of what happened in it: nothing is to come. */
        TERMINAL,
        /** Cut at the limit of steps: more would have come. */
        STEP_LIMIT
    }

    public boolean over() {
        return ending != Ending.NONE;
    }
}
