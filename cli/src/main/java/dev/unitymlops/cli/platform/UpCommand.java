package dev.unitymlops.cli.platform;

import dev.unitymlops.cli.cluster.ClusterOptions;
import dev.unitymlops.cli.cluster.Connection;
import dev.unitymlops.cli.cluster.ConnectionFile;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mlops up}. */
@Command(
        name = "up",
        description = "Run the whole platform in this process until Ctrl-C: broker, schema registry and all services."
                + " The other commands find it from the same folder.")
public final class UpCommand implements Callable<Integer> {
    private final Say say;
    private final ClusterOptions cluster;
    private final Map<String, String> environment;

    @Mixin
    private UpOptions options = new UpOptions();

    public UpCommand(Say say, ClusterOptions cluster, Map<String, String> environment) {
        this.say = say;
        this.cluster = cluster;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        Path data = Files.createDirectories(cluster.dataDir());
        Path log = ServicesLog.to(data.resolve("mlops.log"), options.log().verbose());
        say.tell("Starting the platform on " + data + "; the log of the services is " + log);
        try (var interruption = new Interruption(ExitCode.DONE);
                var platform = start(data)) {
            interruption.patient();
            Connection connection = connection(platform, log);
            var files = new ConnectionFile(data);
            try {
                files.write(connection);
                announce(connection);
                return serve(platform, interruption);
            } finally {
                retract(files);
            }
        }
    }

    private OwnPlatform start(Path data) throws Exception {
        BrokerOptions broker = PlatformSettings.broker(data.resolve("kafka"))
                .onPort(options.port())
                .withFsync(options.fsync());
        return OwnPlatform.start(
                broker,
                options.registryPort(),
                Pipeline.ALL,
                (servers, registry) -> options.services()
                        .settings(
                                environment,
                                PlatformSettings.fixed(servers, registry, data.resolve("work")),
                                PlatformSettings.defaults(options.slots(), options.opsPort())));
    }

    private Connection connection(OwnPlatform platform, Path log) {
        String artifacts =
                options.services().value("artifacts.root", environment).orElse("artifacts");
        ProcessHandle me = ProcessHandle.current();
        return new Connection(
                platform.bootstrapServers(),
                platform.schemaRegistryUrl(),
                platform.ops().map(URI::toString).orElse(null),
                artifacts.contains(":")
                        ? artifacts
                        : Path.of(artifacts).toAbsolutePath().toString(),
                log.toString(),
                me.pid(),
                Connection.startOf(me));
    }

    private void announce(Connection connection) throws IOException {
        say.answer(
                connection,
                "brokers          " + connection.bootstrapServers()
                        + "\nschema registry  " + connection.schemaRegistryUrl()
                        + (connection.ops() == null ? "" : "\nhealth           " + connection.ops() + "/health")
                        + "\nartifacts        " + connection.artifacts());
        say.tell("The platform serves. In this folder: mlops submit FILE, mlops watch, mlops jobs. Ctrl-C stops it.");
        Path ready = options.readyFile();
        if (ready != null) {
            Files.writeString(ready, Json.line(connection) + "\n");
        }
    }

    private void retract(ConnectionFile files) throws IOException {
        files.delete();
        Path ready = options.readyFile();
        if (ready != null) {
            Files.deleteIfExists(ready);
        }
    }

    /** Until a signal comes, or a part of the platform cannot go on. */
    private int serve(OwnPlatform platform, Interruption interruption) throws InterruptedException {
        CompletableFuture<Throwable> broken = platform.broken();
        CompletableFuture.anyOf(broken, interruption.signal()).join();
        if (broken.isDone()) {
            say.tell("The platform stops, it cannot go on: " + broken.join().getMessage());
            return ExitCode.of(broken.join()).code();
        }
        say.tell("Stopping: running trainings save first. They go on at the next start.");
        platform.drain();
        return ExitCode.DONE.code();
    }
}
