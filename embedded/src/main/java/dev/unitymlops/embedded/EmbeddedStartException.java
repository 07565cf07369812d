package dev.unitymlops.embedded;

import org.jspecify.annotations.Nullable;

/** The broker or the registry cannot start here; the message says why and what to do, and is meant for the user. */
public final class EmbeddedStartException extends RuntimeException {

    EmbeddedStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
