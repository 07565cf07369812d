package dev.unitymlops.cli.gc;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.unitymlops.stage.folders.FolderUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that may have to go.
 *
 * @param needed why it has to stay; null: nobody needs it
 * @param worth for how long it is kept when nobody needs it
 * @param remove removes it, unless somebody uses it now
 */
record Candidate(
        Kind kind, Path folder, FolderUse use, @Nullable String needed, Worth worth, Remove remove) {

    /** What it is. */
    enum Kind {
        /** All that a job has left. */
        JOB,
        /** What one attempt has left, of a job of which something is needed. */
        ATTEMPT,
        /** Of a Unity project, with its Library. */
        WORKING_COPY,
        /** Of a process that was killed. */
        TEMPORARY;

        /** As it is shown. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** For how long it is kept. */
    enum Worth {
        /** Until it is old: a failed run may be retried from it. */
        UNTIL_OLD,
        /** Until it is old or the place is needed. */
        UNTIL_FULL,
        /** It is rubbish. */
        NOTHING
    }

    /** Removes a folder. */
    @FunctionalInterface
    interface Remove {
        /** Empty when it is gone; else why it was left. */
        Optional<String> remove() throws IOException;
    }
}
