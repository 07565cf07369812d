package dev.unitymlops.registry.registration;

import java.util.List;

/**
 * What was found of a model before it was registered.
 *
 * @param checked what was checked, in words
 * @param gates what its job demands of it
 * @param missed each gate that it missed, with both numbers; empty when none
 * @param needsApproval whether a person has to approve it before it is promoted
 */
public record Verdict(String checked, Gates gates, List<String> missed, boolean needsApproval) {

    public Verdict {
        missed = List.copyOf(missed);
    }

    /** Whether it missed a gate. */
    public boolean rejected() {
        return !missed.isEmpty();
    }
}
