package dev.unitymlops.registry.file;

import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Promote;
import dev.unitymlops.registry.registration.Promote.Outcome;
import dev.unitymlops.registry.registration.TestVersions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;

/** Promotes versions one after the other in a JVM of its own: root, versions, count. It prints each move. */
final class PromoteMain {

    private static final PrintStream OUT = System.out;

    private PromoteMain() {}

    public static void main(String[] arguments) throws Exception {
        var registry = new FileRegistry(Path.of(arguments[0]), InstantSource.system());
        int versions = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        var promote = new Promote(registry, InstantSource.system());
        OUT.println("ready");
        System.in.read();
        for (int turn = 0; turn < count; turn++) {
            if (next(promote, 1 + turn % versions) instanceof Outcome.Moved moved) {
                OUT.println(moved.event().getFromVersion() + " " + moved.event().getVersion());
            }
        }
    }

    static Outcome next(Promote promote, int version) throws Exception {
        return promote.to(Aliases.PRODUCTION, TestVersions.REACH, version, new Promote.Asked("test", "", false));
    }
}
