package dev.unitymlops.cli.gc;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What became of a folder, as {@code --json} shows it.
 *
 * @param folder a path, or a URI where it is in a bucket
 * @param action {@code removed}, {@code would-remove}, {@code kept} or {@code failed}
 * @param reason why
 */
record GcRow(String folder, Candidate.Kind kind, String action, long bytes, Instant lastUsed, String reason) {
    static final String REMOVED = "removed";
    static final String WOULD_REMOVE = "would-remove";
    static final String KEPT = "kept";
    static final String FAILED = "failed";

    static GcRow of(Candidate candidate, String action, String reason) {
        return new GcRow(
                shown(candidate.folder()),
                candidate.kind(),
                action,
                candidate.use().bytes(),
                candidate.use().lastUsed(),
                reason);
    }

    boolean is(String other) {
        return action.equals(other);
    }

    private static String shown(Path folder) {
        String uri = folder.toUri().toString();
        return uri.startsWith("file:") ? folder.toString() : uri;
    }
}
