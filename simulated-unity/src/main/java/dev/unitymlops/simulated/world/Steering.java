package dev.unitymlops.simulated.world;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How decisions become thrust along the square's axes, each in [-1, 1]. */
sealed interface Steering {

    /** Axes that the agent can move along: 1 (a line) or 2 (the plane). */
    int axes();

    /** The thrust along the two axes; the second is 0 on a line. */
    double[] thrust(AgentAction action);

    /**
     * The first continuous actions, then the first discrete branches, take an axis each until both are taken. A lone branch
     * of four choices or more is a compass. Actions beyond that do nothing, as in a scene that ignores them.
     */
    static Steering of(ActionSpace actions) {
        if (actions.continuous() == 0
                && actions.branches().size() == 1
                && actions.branches().getFirst() > 3) {
            return new Compass(actions.branches().getFirst());
        }
        List<Lever> levers = new ArrayList<>();
        IntStream.range(0, actions.continuous()).mapToObj(Stick::new).forEach(levers::add);
        IntStream.range(0, actions.branches().size())
                .mapToObj(branch -> new Notches(branch, actions.branches().get(branch)))
                .forEach(levers::add);
        return new PerAxis(List.copyOf(levers.subList(0, Math.min(2, levers.size()))));
    }

    static List<String> complaints(ActionSpace actions) {
        List<String> complaints = new ArrayList<>();
        if (actions.continuous() < 0) {
            complaints.add("actions.continuous is " + actions.continuous() + "; it must not be negative.");
        }
        if (actions.continuous() <= 0 && actions.branches().isEmpty()) {
            complaints.add("The agent has no actions; reach-target needs a continuous action or a discrete branch.");
        }
        if (actions.branches().stream().anyMatch(size -> size < 2)) {
            complaints.add("A discrete branch of " + actions.branches() + " has fewer than 2 choices.");
        }
        return complaints;
    }

    /** One branch whose choice 0 stays and whose others point round the horizon. */
    record Compass(int choices) implements Steering {
        @Override
        public int axes() {
            return 2;
        }

        @Override
        public double[] thrust(AgentAction action) {
            int choice = action.discrete().getFirst();
            double angle = 2 * Math.PI * (choice - 1) / (choices - 1);
            return choice == 0 ? new double[2] : new double[] {Math.cos(angle), Math.sin(angle)};
        }
    }

    /** A lever for each axis. */
    record PerAxis(List<Lever> levers) implements Steering {
        @Override
        public int axes() {
            return levers.size();
        }

        @Override
        public double[] thrust(AgentAction action) {
            double[] thrust = new double[2];
            for (int axis = 0; axis < levers.size(); axis++) {
                thrust[axis] = Math.clamp(levers.get(axis).position(action), -1, 1);
            }
            return thrust;
        }
    }

    /** What moves along one axis. */
    sealed interface Lever {
        double position(AgentAction action);
    }

    /** A continuous action. */
    record Stick(int index) implements Lever {
        @Override
        public double position(AgentAction action) {
            return action.continuous().get(index);
        }
    }

    /** A branch whose choices stand evenly from -1 to 1. */
    record Notches(int branch, int choices) implements Lever {
        @Override
        public double position(AgentAction action) {
            return -1 + 2.0 * action.discrete().get(branch) / (choices - 1);
        }
    }
}
