package dev.unitymlops.simulated.editor;

import java.util.List;

/** Why the editor does not build: the lines that a real editor would leave in its log. */
final class BuildFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    BuildFailure(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    BuildFailure(String line) {
        this(List.of(line));
    }

    List<String> lines() {
        return lines;
    }
}
