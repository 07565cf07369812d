package dev.unitymlops.simulated.world;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What an observation shows of a square, understood from its name. All values lie in [-1, 1]. */
enum Feature {
    /** Beams spread evenly round the agent. */
    RAYS("ray") {
        @Override
        List<Float> see(Square square, int size) {
            double bearing = Math.atan2(square.wayAlong(1), square.wayAlong(0));
            double brightness = 1 - 0.8 * square.distance() / Square.DIAGONAL;
            return IntStream.range(0, size)
                    .mapToObj(ray -> (float) (brightness * Math.max(0, Math.cos(bearing - 2 * Math.PI * ray / size))))
                    .toList();
        }

        @Override
        boolean showsTheWay(int size, int axes) {
            return size > axes;
        }
    },

    /** The agent does not turn: always 0. */
    TURNING("angular|rotation") {
        @Override
        List<Float> see(Square square, int size) {
            return spread(size, 0, 0, 0);
        }
    },

    /** As a part of the top speed. */
    VELOCITY("velocity|speed") {
        @Override
        List<Float> see(Square square, int size) {
            return spread(size, square.speed(0) / Square.TOP_SPEED, square.speed(1) / Square.TOP_SPEED, 0);
        }
    },

    /** As a part of the square's diagonal. */
    DISTANCE("distance") {
        @Override
        List<Float> see(Square square, int size) {
            return spread(size, square.distance() / Square.DIAGONAL, 0, 0);
        }
    },

    /** Unit vector to the target. */
    DIRECTION("direction") {
        @Override
        List<Float> see(Square square, int size) {
            double distance = square.distance();
            return spread(size, square.wayAlong(0) / distance, square.wayAlong(1) / distance, 0);
        }

        @Override
        boolean showsTheWay(int size, int axes) {
            return size >= axes;
        }
    },

    /** The target seen from the agent; also what any unknown name shows. */
    TARGET("target|goal") {
        @Override
        List<Float> see(Square square, int size) {
            return spread(size, square.wayAlong(0) / 2, square.wayAlong(1) / 2, square.distance() / Square.DIAGONAL);
        }

        @Override
        boolean showsTheWay(int size, int axes) {
            return size >= axes;
        }
    },

    /** The agent's place in the square. */
    POSITION("position") {
        @Override
        List<Float> see(Square square, int size) {
            return spread(size, square.place(0), square.place(1), 0);
        }
    };

    private final String words;

    /** @param words a regular expression of them */
    Feature(String words) {
        this.words = words;
    }

    /** The first one of whose words the name has one: {@code target_velocity} is a velocity. */
    static Feature of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(feature -> Pattern.compile(feature.words).matcher(lower).find())
                .findFirst()
                .orElse(TARGET);
    }

    /** So many values. */
    abstract List<Float> see(Square square, int size);

    /** Whether so many values tell an agent that moves along so many axes where to go. */
    boolean showsTheWay(int size, int axes) {
        return false;
    }

    /** Three values are a Unity vector, whose middle one is the height; more hold the extra value and then zeros. */
    private static List<Float> spread(int size, double x, double z, double extra) {
        double[] known = size == 3 ? new double[] {x, 0, z} : new double[] {x, z, extra};
        return IntStream.range(0, size)
                .mapToObj(index -> index < known.length ? (float) known[index] : 0f)
                .toList();
    }
}
