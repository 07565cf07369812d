package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.Settings;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs of a project may be worked on at once in a stage, over all its workers, which must have the same quotas.
 *
 * @param limits by project; {@value #OTHERS} for each project that is not named
 */
public record Quotas(Map<String, Integer> limits) {

    /** No project has a limit. */
    public static final Quotas NONE = new Quotas(Map.of());

    private static final String OTHERS = "default";
    private static final String PREFIX = "queue.quota.";

    public Quotas {
        limits = Map.copyOf(limits);
    }

    static Quotas from(Settings.Reader s) {
        Map<String, Integer> limits = new TreeMap<>();
        s.prefixed(
                        PREFIX,
                        "Jobs of the project of this name that may be worked on at once in the stage; default: of each"
                                + " other project.")
                .forEach((project, text) -> {
                    if (text.strip().matches("[1-9][0-9]{0,5}")) {
                        limits.put(project, Integer.valueOf(text.strip()));
                    } else {
                        s.problem(
                                PREFIX + project,
                                text,
                                "is no number of jobs",
                                "give 1 to 999999, or leave it out where there is no limit");
                    }
                });
        return new Quotas(limits);
    }

    /** The project's limit; empty when it has none. */
    OptionalInt of(String project) {
        @Nullable Integer limit = limits.getOrDefault(project, limits.get(OTHERS));
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }
}
