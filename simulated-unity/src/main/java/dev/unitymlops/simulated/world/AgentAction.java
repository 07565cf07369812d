package dev.unitymlops.simulated.world;

import java.util.List;

/**
 * One decision of a policy for one agent.
 *
 * @param continuous one value in [-1, 1] per continuous action
 * @param discrete the chosen index per branch
 */
public record AgentAction(List<Float> continuous, List<Integer> discrete) {}
