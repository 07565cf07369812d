package dev.unitymlops.trainerenv;

import java.nio.file.Path;

/** A Python that can make virtual environments (it has venv and ensurepip). */
record Interpreter(Path path, Version version) {

    boolean is(Integer major, Integer minor) {
        return version.atLeast(major, minor) && version.below(major, minor + 1);
    }

    /** The range of mlagents 1.1.0's own metadata; outside it pip needs {@code --ignore-requires-python}. */
    boolean inRange() {
        return version.atLeast(3, 10, 1) && !version.atLeast(3, 10, 13);
    }
}
