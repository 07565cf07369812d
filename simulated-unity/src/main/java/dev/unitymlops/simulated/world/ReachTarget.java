package dev.unitymlops.simulated.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Reach a target: each agent walks on a square of its own, from a random place to a random target. It gains the distance
 * that it comes nearer, 1 for arriving and loses a little for every physics step. Arriving ends the episode, and so does
 * the limit of steps.
 */
final class ReachTarget implements World {

    private final Sight sight;
    private final Steering steering;
    private final int decisionPeriod;
    private final List<Square> squares;
    private int episodes;

    ReachTarget(WorldDefinition definition, long seed, Parameters parameters) {
        sight = Sight.of(definition);
        steering = Steering.of(definition.actions());
        decisionPeriod = definition.decisionPeriod();
        SplittableRandom seeds = new SplittableRandom(seed);
        squares = IntStream.range(0, definition.agents())
                .mapToObj(agent -> new Square(seeds.split(), parameters, steering.axes(), definition.maxStep()))
                .toList();
    }

    static List<String> complaints(WorldDefinition definition) {
        List<String> complaints = new ArrayList<>();
        if (definition.decisionPeriod() < 1) {
            complaints.add("decision_period is " + definition.decisionPeriod() + "; it must be at least 1.");
        }
        if (definition.maxStep() < 0) {
            complaints.add("max_step is " + definition.maxStep() + "; use 0 for no limit, or a positive number.");
        }
        List<String> actions = Steering.complaints(definition.actions());
        complaints.addAll(actions);
        if (actions.isEmpty()) {
            complaints.addAll(Sight.complaints(definition));
        }
        return complaints;
    }

    @Override
    public List<SensorSpec> sensors() {
        return sight.sensors();
    }

    @Override
    public List<Moment> reset() {
        return squares.stream().map(this::begin).toList();
    }

    @Override
    public List<Moment> advance(List<AgentAction> actions) {
        if (actions.size() != squares.size()) {
            throw new IllegalArgumentException(
                    actions.size() + " actions for " + squares.size() + " agents that wait for one");
        }
        List<Moment> ended = new ArrayList<>();
        List<Moment> requests = new ArrayList<>(squares.size());
        for (int agent = 0; agent < squares.size(); agent++) {
            Square square = squares.get(agent);
            Moment moment = moment(square, square.walk(steering.thrust(actions.get(agent)), decisionPeriod));
            if (moment.over()) {
                ended.add(moment);
                requests.add(begin(square));
            } else {
                requests.add(moment);
            }
        }
        ended.addAll(requests);
        return ended;
    }

    private Moment begin(Square square) {
        square.begin(episodes++);
        return moment(square, 0);
    }

    private Moment moment(Square square, float reward) {
        return new Moment(square.episode(), square.ending(), reward, sight.look(square));
    }
}
