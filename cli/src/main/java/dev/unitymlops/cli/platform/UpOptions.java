package dev.unitymlops.cli.platform;

import dev.unitymlops.cli.settings.ServiceOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be said about a platform that stays. */
final class UpOptions {
    @Option(
            names = "--port",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "Port of the broker on 127.0.0.1; 0, the default: any free one.")
    private int port;

    @Option(
            names = "--schema-registry-port",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "Port of the schema registry on 127.0.0.1; 0, the default: any free one.")
    private int registryPort;

    @Option(
            names = "--ops-port",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "Port of /metrics and /health on 127.0.0.1; 0, the default: any free one.")
    private int opsPort;

    @Option(
            names = "--slots",
            defaultValue = "2",
            paramLabel = "N",
            description = "Jobs that each stage works on side by side. Default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--fsync",
            description = "Acknowledge a record only when it is on the disk, so that it outlives a power cut as well.")
    private boolean fsync;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Written, with the addresses in it, when the platform serves; removed when it stops.")
    private @Nullable Path readyFile;

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    int port() {
        return port;
    }

    int registryPort() {
        return registryPort;
    }

    int opsPort() {
        return opsPort;
    }

    int slots() {
        return slots;
    }

    boolean fsync() {
        return fsync;
    }

    @Nullable
    Path readyFile() {
        return readyFile;
    }

    ServiceOptions services() {
        return services;
    }

    LogOptions log() {
        return log;
    }
}
