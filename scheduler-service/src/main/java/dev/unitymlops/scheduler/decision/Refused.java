package dev.unitymlops.scheduler.decision;

/** What was asked for makes no sense, and nothing has changed. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
