package dev.unitymlops.runtime;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is wrong with a service's settings, at once. */
public final class InvalidSettings extends RuntimeException {
    private final transient List<Problem> problems;

    public InvalidSettings(List<Problem> problems) {
        super(problems.stream().map(Problem::line).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing that is wrong.
     *
     * @param field the key
     * @param value what was written, null when nothing was; secrets are hidden
     */
    public record Problem(String field, @Nullable String value, String message, String remedy) {
        /** One line for people. */
        public String line() {
            return field + (value == null ? "" : " = \"" + value + "\"") + ": " + message + " (" + remedy + ")";
        }
    }
}
