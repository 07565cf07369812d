package dev.unitymlops.simulated.player;

import dev.unitymlops.simulated.world.Parameters;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** The values and samplers that the trainer has set, the last of each name. Used by the player's thread only. */
final class EnvironmentParameters implements Parameters {

    private final Map<String, Sampler> samplers = new HashMap<>();

    @Override
    public float value(String name, float otherwise) {
        Sampler sampler = samplers.get(name);
        return sampler == null ? otherwise : sampler.draw();
    }

    /** Takes over one message of the channel. @throws IllegalArgumentException for a kind that the protocol does not have */
    void accept(ByteBuffer payload) {
        String name = SideChannels.readString(payload);
        int type = payload.getInt();
        samplers.put(
                name,
                switch (type) {
                    case 0 -> constant(payload.getFloat());
                    case 1 -> sampler(new Random(payload.getInt()), payload);
                    default -> throw new IllegalArgumentException("environment parameter of unknown type " + type);
                });
    }

    private static Sampler constant(float value) {
        return () -> value;
    }

    private static Sampler sampler(Random random, ByteBuffer payload) {
        int kind = payload.getInt();
        return switch (kind) {
            case 0 -> uniform(random, new float[] {payload.getFloat(), payload.getFloat()});
            case 1 -> gaussian(random, payload.getFloat(), payload.getFloat());
            case 2 -> uniform(random, floats(payload));
            default -> throw new IllegalArgumentException("environment parameter with unknown sampler " + kind);
        };
    }

    private static Sampler gaussian(Random random, float mean, float deviation) {
        return () -> (float) (mean + deviation * random.nextGaussian());
    }

    /** Uniform over intervals, each given by its two ends: over their whole length, as ML-Agents draws. */
    private static Sampler uniform(Random random, float[] ends) {
        return () -> {
            float length = 0;
            for (int low = 0; low < ends.length; low += 2) {
                length += ends[low + 1] - ends[low];
            }
            float way = random.nextFloat() * length;
            int low = 0;
            while (low + 3 < ends.length && way > ends[low + 1] - ends[low]) {
                way -= ends[low + 1] - ends[low];
                low += 2;
            }
            return ends[low] + way;
        };
    }

    private static float[] floats(ByteBuffer payload) {
        float[] floats = new float[payload.getInt()];
        for (int index = 0; index < floats.length; index++) {
            floats[index] = payload.getFloat();
        }
        return floats;
    }

    @FunctionalInterface
    private interface Sampler {
        float draw();
    }
}
