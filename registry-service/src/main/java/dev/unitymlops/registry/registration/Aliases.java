package dev.unitymlops.registry.registration;

/** Names that versions are deployed by. No two versions of a parent have the same one. */
public final class Aliases {

    /** The last version that missed no gate; kept by the registry. */
    public static final String LATEST = "latest";

    /** The last version that missed one; kept by the registry. */
    public static final String REJECTED = "rejected";

    /** Given by people. */
    public static final String STAGING = "staging";

    /** Given by people. */
    public static final String PRODUCTION = "production";

    /** What was in production before; moves with {@link #PRODUCTION}. */
    public static final String PREVIOUS = "previous";

    private Aliases() {}
}
