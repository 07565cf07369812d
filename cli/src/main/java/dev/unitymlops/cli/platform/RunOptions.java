package dev.unitymlops.cli.platform;

import dev.unitymlops.cli.settings.ServiceOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be said about a run. */
final class RunOptions {
    @Option(names = "--new-id", description = "Give the job an id that nobody has used: its own, and the time.")
    private boolean newId;

    @Option(names = "--yes", description = "Agree beforehand to whatever has to be fetched.")
    private boolean yes;

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    boolean newId() {
        return newId;
    }

    boolean yes() {
        return yes;
    }

    ServiceOptions services() {
        return services;
    }

    LogOptions log() {
        return log;
    }
}
