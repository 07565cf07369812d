package dev.unitymlops.simulated.world;

import java.util.List;

/** A running world. Its agents decide in step; used by one thread. The same seed and actions give the same moments. */
public interface World {

    /** What each agent senses. */
    List<SensorSpec> sensors();

    /** Drops every running episode without a word and begins new ones. @return one request for a decision per agent */
    List<Moment> reset();

    /**
     * Carries out the decisions and goes on until the next ones are due.
     *
     * @param actions one per request of the last answer, in its order
     * @return the episodes that ended, then one request per agent
     */
    List<Moment> advance(List<AgentAction> actions);
}
