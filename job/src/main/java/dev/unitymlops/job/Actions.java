package dev.unitymlops.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent can do.
 *
 * @param continuous how many continuous actions, each in [-1, 1]
 * @param discreteBranches choices of each discrete action
 * @param inputSystem where the actions come from when they are those of Unity's Input System, else null
 */
public record Actions(
        int continuous,
        List<Integer> discreteBranches,
        @Nullable InputSystem inputSystem) {
    public Actions {
        discreteBranches = List.copyOf(discreteBranches);
    }

    /**
     * An action map of Unity's Input System.
     *
     * @param asset the .inputactions file, relative to the project
     * @param map the action map in it
     */
    public record InputSystem(String asset, String map) {}

    /** Length of the model's {@code action_masks} input: choices over all branches; 0: the model has no such input. */
    public int maskSize() {
        return discreteBranches.stream().mapToInt(Integer::intValue).sum();
    }
}
