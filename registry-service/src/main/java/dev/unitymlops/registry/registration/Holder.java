package dev.unitymlops.registry.registration;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.Attempt.Standing;

/** For whom models are registered. Thread-safe. */
public interface Holder {

    /** A caller without an attempt, who neither loses a job nor cancels it, and whom nobody watches. */
    Holder NO_ATTEMPT = new Holder() {
        @Override
        public void tell(String message) {}

        @Override
        public Standing standing() {
            return Standing.HELD;
        }
    };

    /** Tells people how far it is. */
    void tell(String message);

    /** As {@link Attempt#standing}. */
    Standing standing() throws InterruptedException;

    /** An attempt at the registry stage. */
    static Holder of(Attempt attempt) {
        return new Holder() {
            @Override
            public void tell(String message) {
                attempt.progress().phase("registering", message);
            }

            @Override
            public Standing standing() throws InterruptedException {
                return attempt.standing();
            }
        };
    }
}
