package dev.unitymlops.cli;

import dev.unitymlops.cli.terminal.Terminal;

/** The process behind the command {@code mlops}. */
public final class MlopsMain {
    private MlopsMain() {}

    public static void main(String[] args) {
        Logging.quiet();
        System.exit(new Commands(Terminal.ofProcess(System.getenv()), System.getenv()).execute(args));
    }
}
