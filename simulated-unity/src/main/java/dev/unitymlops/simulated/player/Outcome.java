package dev.unitymlops.simulated.player;

/** Why a player ends. */
enum Outcome {
    /** The trainer said so. */
    TRAINER_STOPPED(0),
    /** Nobody answered the greeting in time. */
    NO_TRAINER(1),
    /** The trainer spoke something else than the protocol. */
    TRAINER_UNCLEAR(1),
    /** The connection to the trainer broke. */
    TRAINER_GONE(1),
    /** The process that started this player, or the trainer above it, is no more. */
    ORPHANED(1);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
