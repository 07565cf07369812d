package dev.unitymlops.system.faults;

import java.util.Arrays;
import java.util.List;

/** A field of the matrix: this fault of this part. */
record Cell(Fault fault, Part part) {

    Cell {
        if (!fault.strikes().contains(part)) {
            throw new IllegalArgumentException(fault + " does not strike " + part + " but " + fault.strikes());
        }
    }

    static List<Cell> all() {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> fault.strikes().stream().map(part -> new Cell(fault, part)))
                .toList();
    }

    @Override
    public String toString() {
        return fault + "/" + part;
    }
}
