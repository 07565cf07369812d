package dev.unitymlops.trainerenv;

/** Something that the trainer needs is missing or could not be made here; the message names it and the remedy. */
public final class TrainerEnvException extends RuntimeException {
    private final String message;

    public TrainerEnvException(String message) {
        super(message);
        this.message = message;
    }

    TrainerEnvException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
