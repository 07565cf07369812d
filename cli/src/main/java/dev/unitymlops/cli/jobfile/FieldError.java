package dev.unitymlops.cli.jobfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.events.Problem;

/**
 * One thing that is wrong with a job, as {@code --json} shows it.
 *
 * @param value what was found
 */
public record FieldError(String field, JsonNode value, String message, String remedy) {
    public static FieldError of(Problem problem) {
        return new FieldError(
                problem.getField(), Json.tree(problem.getValue()), problem.getMessage(), problem.getRemedy());
    }

    /** Two lines for people. */
    public String text() {
        String found = value.isMissingNode() || value.toString().isEmpty() ? "" : " (found " + value + ")";
        return "  " + field + ": " + message + found + "\n      " + remedy;
    }
}
