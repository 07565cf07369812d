package dev.unitymlops.simulated.world;

import java.util.List;

/**
 * What an agent can do at each decision.
 *
 * @param continuous number of values in [-1, 1]
 * @param branches number of choices of each discrete branch
 */
public record ActionSpace(int continuous, List<Integer> branches) {
    public ActionSpace {
        branches = List.copyOf(branches);
    }
}
