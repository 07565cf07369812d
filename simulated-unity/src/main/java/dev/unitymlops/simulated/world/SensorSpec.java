package dev.unitymlops.simulated.world;

/**
 * A sensor as the trainer sees it: one input {@code [batch, size]} of the trained network.
 *
 * @param name the sensor's name; the inputs are numbered in the order of their names, as Unity sorts them
 * @param size number of values
 */
public record SensorSpec(String name, int size) {}
