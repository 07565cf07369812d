package dev.unitymlops.cli.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a job.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param run the run in which it was done; a retry does not repeat earlier stages
 * @param attempt the latest; 0 before the first
 */
public record StageView(
        String stage,
        int run,
        int attempt,
        JobState state,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {}
