package dev.unitymlops.runtime;

/** How a process of ours ends. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    INVALID(2),
    /** Something that has to be there is not, or it was refused. */
    MISSING(3),
    /** A broker or a registry does not answer. */
    UNREACHABLE(4),
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The code for a reason to stop: that of the first cause that carries one, else {@link #FAILED}. */
    public static ExitCode of(Throwable reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InvalidSettings e -> {
                    return INVALID;
                }
                case MissingHere e -> {
                    return MISSING;
                }
                case Unreachable e -> {
                    return UNREACHABLE;
                }
                default -> {}
            }
        }
        return FAILED;
    }
}
