package dev.unitymlops.runtime;

/** Something that the service needs is not here: a topic, a program, a folder. The message says how to get it. */
public final class MissingHere extends RuntimeException {
    public MissingHere(String message) {
        super(message);
    }
}
