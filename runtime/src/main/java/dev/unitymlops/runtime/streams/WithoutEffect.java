package dev.unitymlops.runtime.streams;

/** A record could not be handled, and had no effect: it goes to the dead letters, and the topology goes on. */
public final class WithoutEffect extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException reason;

    public WithoutEffect(RuntimeException reason) {
        super(reason);
        this.reason = reason;
    }

    RuntimeException reason() {
        return reason;
    }
}
