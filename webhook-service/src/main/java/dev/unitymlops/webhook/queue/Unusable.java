package dev.unitymlops.webhook.queue;

/** A record had no effect, since nothing can be made of it: it goes to the dead letters, and the service goes on. */
final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unusable(RuntimeException reason) {
        super("nothing can be made of the record: " + reason.getMessage(), reason);
    }
}
