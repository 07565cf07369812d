package dev.unitymlops.stage.coordinator;

/** A command could not be decided on, and had no effect: it goes to the dead letters, and the coordinator goes on. */
final class Undecidable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undecidable(RuntimeException reason) {
        super("the command cannot be decided on: " + reason.getMessage(), reason);
    }
}
