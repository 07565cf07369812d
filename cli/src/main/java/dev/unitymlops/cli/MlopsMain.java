package dev.unitymlops.cli;

import dev.unitymlops.cli.terminal.Terminal;
import dev.unitymlops.schemas.TrustedPackages;

/** The process behind the command {@code mlops}. */
public final class MlopsMain {
    private MlopsMain() {}

    public static void main(String[] args) {
        Logging.quiet();
        // before any event is made or copied, with or without a Kafka client
        TrustedPackages.trust();
        System.exit(new Commands(Terminal.ofProcess(System.getenv()), System.getenv()).execute(args));
    }
}
