package dev.unitymlops.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.OwnTopics;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.runtime.RegisterSchemas;
import dev.unitymlops.runtime.TopicCreator;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlatformExtension.class)
class TopicsCommandTest {
    private static final List<TopicSpec> WITH_SCHEMA =
            TopicsCommand.ALL.stream().filter(topic -> topic.value() != null).toList();

    @TempDir
    Path folder;

    private OwnTopics topics;

    @BeforeEach
    void own(TestPlatform platform) throws Exception {
        topics = new OwnTopics(platform, folder);
    }

    @Test
    void what_is_missing_is_planned_then_created_then_as_declared() {
        RunAlone plan = mlops("topics", "plan", "--json");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.json()).allSatisfy(row -> {
            assertThat(row.path("topic").asText()).startsWith(topics.prefix());
            assertThat(row.path("applied").booleanValue()).isFalse();
        });
        assertThat(rows(plan, "missing")).hasSameSizeAs(TopicsCommand.ALL);
        assertThat(rows(plan, "schema")).hasSameSizeAs(WITH_SCHEMA);

        RunAlone apply = mlops("topics", "apply");
        assertThat(apply.code()).isZero();
        assertThat(apply.out())
                .contains("created  " + topics.named("job-requested") + " (8 partitions, 1 replicas")
                .contains("registered " + topics.named("job-requested"));

        RunAlone again = mlops("--json", "topics", "plan");
        assertThat(again.code()).isZero();
        assertThat(again.json()).isEmpty();
        assertThat(again.err()).contains("as declared");
    }

    @Test
    void a_cluster_may_have_a_number_of_partitions_of_its_own() throws Exception {
        create(TopicsCommand.ALL);
        registerAll();
        assertThat(mlops("topics", "plan").code()).isZero();
        assertThat(mlops("topics", "plan", "--partitions", "3").code()).isEqualTo(3);
    }

    @Test
    void apply_sets_what_differs_and_exits_3_for_what_cannot_be_changed() throws Exception {
        create(TopicsCommand.ALL.stream()
                .map(topic -> topic.name().equals("job-failed") ? other(topic) : topic)
                .toList());
        registerAll();

        RunAlone apply = mlops("topics", "apply", "--json");
        assertThat(apply.code()).isEqualTo(3);
        assertThat(apply.json()).hasSize(2).anySatisfy(row -> {
            assertThat(row.path("difference").asText()).isEqualTo("partitions");
            assertThat(row.path("wanted").asText()).isEqualTo("8");
            assertThat(row.path("actual").asText()).isEqualTo("3");
            assertThat(row.path("applied").booleanValue()).isFalse();
        });
        assertThat(apply.json()).anySatisfy(row -> {
            assertThat(row.path("key").asText()).isEqualTo("retention.ms");
            assertThat(row.path("actual").asText()).isEqualTo("1000");
            assertThat(row.path("applied").booleanValue()).isTrue();
        });

        RunAlone plan = mlops("topics", "plan");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.out().lines()).singleElement().asString().contains("has 3 partitions, 8 are declared");
    }

    @Test
    void rights_are_printed_as_commands_for_the_names_that_services_have() {
        RunAlone acls = topics.run(
                TopicsCommand::new, "topics", "acls", "train-service", "--principal", "train-service=User:CN=train");
        assertThat(acls.code()).isZero();
        String prefix = topics.named("");
        assertThat(acls.out())
                .startsWith("# train-service\nkafka-acls --bootstrap-server ")
                .contains(" --add --allow-principal 'User:CN=train' --operation Read --operation DescribeConfigs"
                        + " --topic '" + prefix + "build-completed'")
                .contains(" --operation Write --resource-pattern-type prefixed --transactional-id '" + prefix
                        + "train-service-'")
                .contains(" --operation Read --group '" + prefix + "train-service' --group '" + prefix
                        + "train-service-intake'")
                .doesNotContain("build-service");
    }

    @Test
    void rights_of_a_service_that_there_is_not_are_exit_code_2() {
        RunAlone acls = topics.run(TopicsCommand::new, "topics", "acls", "trane-service");
        assertThat(acls.code()).isEqualTo(2);
        assertThat(acls.err()).contains("trane-service").contains("train-service");
    }

    @Test
    void brokers_that_cannot_be_found_are_exit_code_4() {
        RunAlone ran = RunAlone.of(
                Map.of(),
                TopicsCommand::new,
                "topics",
                "plan",
                "--bootstrap-servers",
                "no-address",
                "--schema-registry-url",
                "http://127.0.0.1:1");

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("no-address");
    }

    @Test
    void three_replicas_are_wanted_unless_said_otherwise() throws Exception {
        create(TopicsCommand.ALL);
        registerAll();

        RunAlone plan = topics.run(TopicsCommand::new, "topics", "plan", "--json");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.json()).hasSameSizeAs(TopicsCommand.ALL).allSatisfy(row -> {
            assertThat(row.path("difference").asText()).isEqualTo("replicas");
            assertThat(row.path("wanted").asText()).isEqualTo("3");
            assertThat(row.path("actual").asText()).isEqualTo("1");
            assertThat(row.path("action").asText()).isEqualTo("none");
        });
    }

    @Test
    void too_few_brokers_are_exit_code_3() {
        RunAlone apply = topics.run(TopicsCommand::new, "topics", "apply");
        assertThat(apply.code()).isEqualTo(3);
        assertThat(apply.err()).contains("too few brokers").contains("topics.replication-factor = 3");
    }

    @Test
    void apply_registers_whatever_services_may_do_themselves(TestPlatform platform) throws Exception {
        create(TopicsCommand.ALL);
        register(platform, "workers", "{\"type\": \"string\"}");

        RunAlone apply = mlops("topics", "apply", "--json");
        assertThat(apply.code()).isEqualTo(3);
        assertThat(rows(apply, "schema")).hasSameSizeAs(WITH_SCHEMA).allSatisfy(row -> {
            boolean taken = row.path("topic").asText().equals(topics.named("workers"));
            assertThat(row.path("applied").booleanValue()).isNotEqualTo(taken);
        });

        RunAlone plan = mlops("topics", "plan");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.out().lines())
                .singleElement()
                .asString()
                .startsWith("register " + topics.named("workers"))
                .contains("Schema not found");
    }

    private void register(TestPlatform platform, String topic, String schema) throws Exception {
        String url = platform.schemaRegistryUrl() + "/subjects/" + topics.named(topic) + "-value/versions";
        String body = "{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(200);
        }
    }

    private static List<JsonNode> rows(RunAlone ran, String difference) {
        return ran.json().stream()
                .filter(row -> row.path("difference").asText().equals(difference))
                .toList();
    }

    /** As a service does, which waits until the broker shows them. */
    private void create(List<TopicSpec> wanted) throws Exception {
        Cluster cluster = topics.cluster();
        try (Admin admin = cluster.clients().admin("test")) {
            new TopicCreator(admin, cluster.topics(), Duration.ofMinutes(3)).ensure(wanted);
        }
    }

    private void registerAll() throws Exception {
        Cluster cluster = topics.cluster();
        assertThat(new RegisterSchemas(cluster.clients(), cluster.topics()).register(WITH_SCHEMA))
                .isEmpty();
    }

    private static TopicSpec other(TopicSpec topic) {
        var configs = new HashMap<>(topic.configs());
        configs.put("retention.ms", "1000");
        return new TopicSpec(topic.name(), topic.key(), topic.value(), 3, configs, topic.owner(), topic.says());
    }

    /** On one broker. */
    private RunAlone mlops(String... arguments) {
        return topics.run(
                TopicsCommand::new,
                Stream.concat(Stream.of(arguments), Stream.of("--replication-factor", "1"))
                        .toArray(String[]::new));
    }
}
