package dev.unitymlops.runtime.streams;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a topology keeps was written by a later version of this program. Trying again does not help here: the instance gives
 * its part up, so that one of that version gets it, and leaves what is kept as it is.
 */
public final class NewerVersion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param what the thing that cannot be read, in words */
    public NewerVersion(String what) {
        super(what + " was written by a later version of this program: update this instance");
    }

    /** The one among a failure's causes. */
    static Optional<NewerVersion> behind(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .filter(NewerVersion.class::isInstance)
                .map(NewerVersion.class::cast)
                .findFirst();
    }
}
