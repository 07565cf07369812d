package dev.unitymlops.cli.models;

import dev.unitymlops.registry.registration.Promote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be said about a move of an alias. */
final class MoveOptions {
    @Option(names = "--by", paramLabel = "NAME", description = "Who asks for it. Default: the user of this machine.")
    private @Nullable String by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stands in the event.")
    private String reason = "";

    @Option(
            names = "--no-event",
            description =
                    "Move the alias although nobody is told by model-promoted: for registries without a platform.")
    private boolean noEvent;

    boolean tells() {
        return !noEvent;
    }

    String reason() {
        return reason;
    }

    Promote.Asked asked(boolean force) {
        return new Promote.Asked(person(by), reason, force);
    }

    /** Who asks for it, by name or as the system knows him. */
    static String person(@Nullable String by) {
        return by == null ? System.getProperty("user.name") : by;
    }
}
