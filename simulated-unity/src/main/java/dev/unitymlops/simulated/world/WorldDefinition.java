package dev.unitymlops.simulated.world;

import java.util.List;

/**
 * Everything that a player needs to know of the job it was built for.
 *
 * @param world the world's name, for example {@code reach-target}
 * @param behaviorName Unity's Behavior Name, without team
 * @param team team id; 0 where there is no self-play
 * @param observations what the job declares, in its order
 * @param actions what the job declares
 * @param decisionPeriod physics steps between two decisions
 * @param maxStep physics steps after which an episode is cut; 0: no limit but the world's own
 * @param agents agents per training area, each in a square of its own
 */
public record WorldDefinition(
        String world,
        String behaviorName,
        int team,
        List<Observation> observations,
        ActionSpace actions,
        int decisionPeriod,
        int maxStep,
        int agents) {

    /** Enough agents that one exchange with the trainer is worth its cost. */
    public static final int DEFAULT_AGENTS = 16;

    public WorldDefinition {
        observations = List.copyOf(observations);
    }

    /** The name under which the trainer knows the behaviour. */
    public String qualifiedName() {
        return behaviorName + "?team=" + team;
    }

    /** The same world with another number of agents. */
    public WorldDefinition withAgents(int number) {
        return new WorldDefinition(world, behaviorName, team, observations, actions, decisionPeriod, maxStep, number);
    }
}
