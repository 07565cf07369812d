package dev.unitymlops.cli.platform;

import picocli.CommandLine.Option;

/** What is shown of the services' log. */
final class LogOptions {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show the services' log on stderr as well.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }
}
