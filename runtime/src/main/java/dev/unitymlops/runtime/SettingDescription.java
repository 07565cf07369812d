package dev.unitymlops.runtime;

import java.util.List;

/**
 * One row of a service's table of settings.
 *
 * @param kind what a value looks like, such as {@code 1..256} or {@code duration}
 * @param fallback the default as one would write it; empty: none; {@code required}
 * @param says one sentence
 * @param variables further variables of the environment that give a value
 */
public record SettingDescription(String key, String kind, String fallback, String says, List<String> variables) {
    static final String HIDDEN = "(hidden)";

    public SettingDescription {
        variables = List.copyOf(variables);
    }

    /** The row of a Markdown table: key, kind, default, what it says. */
    public String markdown() {
        String also = variables.isEmpty() ? "" : " Also `" + String.join("`, `", variables) + "`.";
        String shown = fallback.isEmpty() || fallback.equals("required") ? fallback : "`" + fallback + "`";
        return "| `" + key + "` | " + kind + " | " + shown + " | " + says + also + " |";
    }
}
