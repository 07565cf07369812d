package dev.unitymlops.train.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a trainer is called.
 *
 * @param argv program and arguments
 * @param directory working directory
 * @param environment variables beside those that every child has
 */
public record Invocation(List<String> argv, Path directory, Map<String, String> environment) {

    public Invocation {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }
}
