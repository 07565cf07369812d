package dev.unitymlops.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConnectionFileTest {
    @TempDir
    Path data;

    private static Connection connection(long pid, String started) {
        return new Connection("127.0.0.1:1", "http://127.0.0.1:2", null, "/artifacts", "/log", pid, started);
    }

    private static Connection mine() {
        ProcessHandle me = ProcessHandle.current();
        return connection(me.pid(), Connection.startOf(me));
    }

    private FindCluster find(Map<String, String> environment, String... arguments) {
        var options = new ClusterOptions();
        new CommandLine(options).parseArgs(arguments);
        return new FindCluster(options, environment);
    }

    @Test
    void what_was_written_is_read_and_nothing_else_is_left_in_the_folder() throws Exception {
        var file = new ConnectionFile(data);
        assertThat(file.read()).isEmpty();

        file.write(connection(1, ""));
        file.write(mine());

        assertThat(file.read()).contains(mine());
        assertThat(data).isDirectoryNotContaining(path -> !path.endsWith("connection.json"));
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void a_file_whose_process_is_gone_is_said_to_be_of_one_that_does_not_run() throws Exception {
        var file = new ConnectionFile(data);
        file.write(connection(Long.MAX_VALUE, ""));

        assertThatThrownBy(file::read)
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("does not run any more")
                .hasMessageContaining("mlops up");
    }

    @Test
    void a_process_that_was_given_the_number_later_is_another() throws Exception {
        var file = new ConnectionFile(data);
        file.write(connection(ProcessHandle.current().pid(), "2001-01-01T00:00:00Z"));

        assertThatThrownBy(file::read).isInstanceOf(Unreachable.class);
    }

    @Test
    void a_damaged_file_is_named_with_the_remedy() throws Exception {
        Files.writeString(data.resolve("connection.json"), "{");

        assertThatThrownBy(new ConnectionFile(data)::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connection.json")
                .hasMessageContaining("mlops up");
    }

    @Test
    void options_count_for_more_than_the_environment_and_that_for_more_than_the_folder() throws Exception {
        new ConnectionFile(data).write(mine());
        var environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", "e:1", "SCHEMA_REGISTRY_URL", "http://e");
        String dir = "--data-dir=" + data;

        assertThat(find(Map.of(), dir).find().bootstrapServers()).isEqualTo("127.0.0.1:1");
        assertThat(find(environment, dir).find().bootstrapServers()).isEqualTo("e:1");
        Cluster named = find(environment, dir, "--bootstrap-servers=o:1").find();
        assertThat(named.bootstrapServers()).isEqualTo("o:1");
        assertThat(named.clients().settings().registryUrl()).isEqualTo("http://e");
        assertThat(named.local()).isEmpty();
    }

    @Test
    void the_brokers_alone_are_not_enough() {
        assertThatThrownBy(() -> find(Map.of(), "--bootstrap-servers=o:1").find())
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("--schema-registry-url");
    }

    @Test
    void nothing_named_and_nothing_here_says_how_to_get_a_platform() {
        assertThatThrownBy(() -> find(Map.of(), "--data-dir=" + data).find())
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("mlops up")
                .hasMessageContaining("--bootstrap-servers");
    }

    @Test
    void a_kafka_config_goes_where_its_keys_say() throws Exception {
        Path config = Files.writeString(data.resolve("client.properties"), """
                bootstrap.servers=c:1
                schema.registry.url=http://c
                security.protocol=SSL
                schema.registry.basic.auth.user.info=u:p
                topics.prefix=team.
                """);

        Cluster cluster = find(Map.of(), "--kafka-config=" + config).find();

        assertThat(cluster.bootstrapServers()).isEqualTo("c:1");
        assertThat(cluster.topics().prefix()).isEqualTo("team.");
        assertThat(cluster.clients().settings().client())
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("topics.prefix");
        assertThat(cluster.clients().settings().registry()).containsEntry("basic.auth.user.info", "u:p");
    }
}
