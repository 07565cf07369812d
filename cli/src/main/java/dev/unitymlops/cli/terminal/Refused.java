package dev.unitymlops.cli.terminal;

/** The command does not do what was asked for; the message says why and what to do instead. Exit code 3. */
public final class Refused extends RuntimeException {
    public Refused(String message) {
        super(message);
    }
}
