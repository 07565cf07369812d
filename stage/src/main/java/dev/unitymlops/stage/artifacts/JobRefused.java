package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A job cannot have the artifact folder that it names; every reason, each with its remedy. */
public final class JobRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    JobRefused(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> "%s: %s (found %s). %s"
                        .formatted(problem.getField(), problem.getMessage(), problem.getValue(), problem.getRemedy()))
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    JobRefused(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
