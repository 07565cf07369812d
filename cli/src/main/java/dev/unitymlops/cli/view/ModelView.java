package dev.unitymlops.cli.view;

import dev.unitymlops.registry.registration.Aliases;
import java.util.List;

/**
 * A registered model.
 *
 * @param aliases when it was registered
 */
public record ModelView(String behavior, String name, int version, String uri, String sha256, List<String> aliases) {
    /** Whether it missed a gate of its job. */
    boolean rejected() {
        return aliases.contains(Aliases.REJECTED);
    }
}
