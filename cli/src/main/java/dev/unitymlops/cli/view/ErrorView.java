package dev.unitymlops.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * Why a job has come to a bad end.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param cause the event's, such as USER or TIMEOUT; REJECTED for a job that was never accepted
 * @param message every message, the most telling first
 */
public record ErrorView(@Nullable String stage, String cause, String message) {}
