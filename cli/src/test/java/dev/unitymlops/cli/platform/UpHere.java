package dev.unitymlops.cli.platform;

import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.Connection;
import dev.unitymlops.cli.cluster.ConnectionFile;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TrustedPackages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A platform in this JVM that commands find by its connection file, as that of {@code mlops up}. */
record UpHere(Path folder, OwnPlatform platform) implements AutoCloseable {

    static UpHere start(Path folder, List<Service<?>> services) throws Exception {
        return start(folder, services, Map.of());
    }

    static UpHere start(Path folder, List<Service<?>> services, Map<String, String> more) throws Exception {
        TrustedPackages.trust();
        OwnPlatform platform = OwnPlatform.start(
                PlatformSettings.broker(folder.resolve("kafka")), 0, services, (servers, registry) -> {
                    var settings = new HashMap<>(PlatformSettings.defaults(2, -1));
                    settings.putAll(PlatformSettings.fixed(servers, registry, folder.resolve("work")));
                    settings.put("artifacts.root", folder.resolve("artifacts").toString());
                    settings.putAll(more);
                    return Settings.of(settings);
                });
        ProcessHandle me = ProcessHandle.current();
        new ConnectionFile(folder)
                .write(new Connection(
                        platform.bootstrapServers(),
                        platform.schemaRegistryUrl(),
                        null,
                        folder.resolve("artifacts").toString(),
                        "",
                        me.pid(),
                        Connection.startOf(me)));
        return new UpHere(folder, platform);
    }

    /** Runs a command on it. */
    RunAlone mlops(BiFunction<Say, FindCluster, Object> command, String... arguments) {
        String[] all = Stream.concat(Stream.of("--data-dir=" + folder), Stream.of(arguments))
                .toArray(String[]::new);
        return RunAlone.of(Map.of(), command, all);
    }

    @Override
    public void close() {
        platform.close();
    }
}
