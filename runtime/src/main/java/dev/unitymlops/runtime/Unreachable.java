package dev.unitymlops.runtime;

import org.jspecify.annotations.Nullable;

/** A broker or a registry that does not answer. The message names its address and the setting that holds it. */
public final class Unreachable extends RuntimeException {
    public Unreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
