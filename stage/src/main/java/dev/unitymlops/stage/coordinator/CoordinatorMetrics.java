package dev.unitymlops.stage.coordinator;

import java.util.Locale;

/** Counts what became of commands. Thread-safe. */
public interface CoordinatorMetrics {

    void decided(Command command, Decision.Verdict verdict);

    /** The word for a command in metrics and logs. */
    static String word(Command command) {
        return command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
