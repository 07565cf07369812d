package dev.unitymlops.simulated.world;

/** Values that a trainer may set while it trains (ML-Agents' environment parameters). */
@FunctionalInterface
public interface Parameters {

    /** Parameters that nobody sets. */
    Parameters NONE = (name, otherwise) -> otherwise;

    /** The value to use now; a parameter with a sampler gives a new one at each call. */
    float value(String name, float otherwise);
}
