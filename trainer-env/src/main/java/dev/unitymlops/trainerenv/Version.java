package dev.unitymlops.trainerenv;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The numeric part of a Python or Debian version: {@code 1.13.0a0+git} is 1.13.0, {@code 1.13.1+dfsg-4} is 1.13.1. */
record Version(List<Integer> parts) implements Comparable<Version> {
    private static final Pattern NUMERIC = Pattern.compile("^(\\d{1,6}(?:\\.\\d{1,6})*)");

    Version {
        parts = List.copyOf(parts);
    }

    static Version of(Integer... parts) {
        return new Version(Arrays.asList(parts));
    }

    static Optional<Version> parse(String text) {
        var found = NUMERIC.matcher(text.strip());
        return found.find()
                ? Optional.of(new Version(Arrays.stream(found.group(1).split("\\."))
                        .map(Integer::valueOf)
                        .toList()))
                : Optional.empty();
    }

    boolean atLeast(Integer... low) {
        return compareTo(of(low)) >= 0;
    }

    boolean below(Integer... high) {
        return compareTo(of(high)) < 0;
    }

    /** Missing parts count as 0, so 2.9 and 2.9.0 are equal in order. */
    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int part(int i) {
        return i < parts.size() ? parts.get(i) : 0;
    }

    @Override
    public String toString() {
        return String.join(".", parts.stream().map(String::valueOf).toList());
    }
}
