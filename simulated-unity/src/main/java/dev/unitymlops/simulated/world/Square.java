package dev.unitymlops.simulated.world;

import dev.unitymlops.simulated.world.Moment.Ending;
import java.util.SplittableRandom;

/** One agent, its target and the walled square that they share: coordinates in [-1, 1], a physics step as unit of time. */
final class Square {

    /** Longest way in the square. */
    static final double DIAGONAL = 2 * Math.sqrt(2);

    /** Highest speed along an axis, per physics step: the side in 100 steps. */
    static final double TOP_SPEED = 0.02;

    /** Physics steps that an episode has at most, whatever the job allows: three times the way across. */
    static final int STEP_LIMIT = 300;

    /** Environment parameter: how near to the target's centre is there. */
    static final String RADIUS_PARAMETER = "target_radius";

    private static final float RADIUS = 0.15f;
    private static final float LARGEST_RADIUS = 0.5f;
    private static final double RESPONSE = 0.4;
    private static final double ARRIVAL_REWARD = 1;
    private static final double STEP_COST = 0.002;

    private final SplittableRandom random;
    private final Parameters parameters;
    private final int axes;
    private final int stepLimit;
    private final double[] place = new double[2];
    private final double[] speed = new double[2];
    private final double[] target = new double[2];
    private double radius = RADIUS;
    private int episode;
    private int steps;
    private Ending ending = Ending.NONE;

    Square(SplittableRandom random, Parameters parameters, int axes, int maxStep) {
        this.random = random;
        this.parameters = parameters;
        this.axes = axes;
        this.stepLimit = maxStep == 0 ? STEP_LIMIT : Math.min(maxStep, STEP_LIMIT);
    }

    void begin(int number) {
        episode = number;
        steps = 0;
        ending = Ending.NONE;
        radius = Math.clamp(parameters.value(RADIUS_PARAMETER, RADIUS), 0.01f, LARGEST_RADIUS);
        do {
            for (int axis = 0; axis < axes; axis++) {
                place[axis] = random.nextDouble(-1, 1);
                target[axis] = random.nextDouble(-1, 1);
                speed[axis] = 0;
            }
        } while (distance() < 2 * radius);
    }

    /** Walks until the next decision is due or the episode is over. @return the reward of it */
    float walk(double[] thrust, int physicsSteps) {
        double before = distance();
        int first = steps;
        for (int step = 0; step < physicsSteps && ending == Ending.NONE; step++) {
            move(thrust);
            steps++;
            if (distance() < radius) {
                ending = Ending.TERMINAL;
            } else if (steps >= stepLimit) {
                ending = Ending.STEP_LIMIT;
            }
        }
        double arrival = ending == Ending.TERMINAL ? ARRIVAL_REWARD : 0;
        return (float) (before - distance() + arrival - STEP_COST * (steps - first));
    }

    private void move(double[] thrust) {
        for (int axis = 0; axis < axes; axis++) {
            speed[axis] += RESPONSE * (thrust[axis] * TOP_SPEED - speed[axis]);
            double next = place[axis] + speed[axis];
            place[axis] = Math.clamp(next, -1, 1);
            if (place[axis] != next) {
                speed[axis] = 0;
            }
        }
    }

    double distance() {
        return Math.hypot(wayAlong(0), wayAlong(1));
    }

    /** The way to the target along an axis, signed. */
    double wayAlong(int axis) {
        return target[axis] - place[axis];
    }

    double place(int axis) {
        return place[axis];
    }

    double speed(int axis) {
        return speed[axis];
    }

    int episode() {
        return episode;
    }

    Ending ending() {
        return ending;
    }
}
