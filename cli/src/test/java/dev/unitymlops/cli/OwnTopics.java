package dev.unitymlops.cli;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.ClusterOptions;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.testkit.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The topics of one test on the JVM's broker, and commands that see only those. */
public final class OwnTopics {
    private final String prefix;
    private final String[] options;

    public OwnTopics(TestPlatform platform, Path folder) throws IOException {
        this.prefix = platform.newPrefix();
        Path config = Files.writeString(folder.resolve("kafka.properties"), "topics.prefix=" + prefix + "\n");
        this.options = new String[] {
            "--bootstrap-servers", platform.bootstrapServers(),
            "--schema-registry-url", platform.schemaRegistryUrl(),
            "--kafka-config", config.toString()
        };
    }

    public String prefix() {
        return prefix;
    }

    /** The name of a topic on the broker. */
    public String named(String topic) {
        return prefix + topic;
    }

    /** As a command would find it. */
    public Cluster cluster() throws IOException {
        var found = new ClusterOptions();
        var unused = CommandLine.populateCommand(found, options);
        return new FindCluster(found, Map.of()).find();
    }

    public RunAlone run(BiFunction<Say, FindCluster, Object> command, String... arguments) {
        String[] all = Stream.of(options, arguments).flatMap(Stream::of).toArray(String[]::new);
        return RunAlone.of(Map.of(), command, all);
    }
}
