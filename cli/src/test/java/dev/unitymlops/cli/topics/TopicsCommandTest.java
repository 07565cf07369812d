package dev.unitymlops.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.OwnTopics;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.runtime.TopicCreator;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlatformExtension.class)
class TopicsCommandTest {
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
        assertThat(plan.json()).hasSameSizeAs(Topics.allWithDeadLetters()).allSatisfy(row -> {
            assertThat(row.path("topic").asText()).startsWith(topics.prefix());
            assertThat(row.path("difference").asText()).isEqualTo("missing");
            assertThat(row.path("applied").booleanValue()).isFalse();
        });

        RunAlone apply = mlops("topics", "apply", "--replication-factor", "1");
        assertThat(apply.code()).isZero();
        assertThat(apply.out()).contains("created  " + topics.named("job-requested") + " (8 partitions, 1 replicas");

        RunAlone again = mlops("--json", "topics", "plan");
        assertThat(again.code()).isZero();
        assertThat(again.json()).isEmpty();
        assertThat(again.err()).contains("as declared");
    }

    @Test
    void a_cluster_may_have_a_number_of_partitions_of_its_own() throws Exception {
        create(Topics.allWithDeadLetters());
        assertThat(mlops("topics", "plan").code()).isZero();
        assertThat(mlops("topics", "plan", "--partitions", "3").code()).isEqualTo(3);
    }

    @Test
    void apply_sets_what_differs_and_exits_3_for_what_cannot_be_changed() throws Exception {
        create(Topics.allWithDeadLetters().stream()
                .map(topic -> topic.name().equals("job-failed") ? other(topic) : topic)
                .toList());

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

    /** As a service does, which waits until the broker shows them. */
    private void create(List<TopicSpec> wanted) throws Exception {
        Cluster cluster = topics.cluster();
        try (Admin admin = cluster.clients().admin("test")) {
            new TopicCreator(admin, cluster.topics(), Duration.ofSeconds(20)).ensure(wanted);
        }
    }

    private static TopicSpec other(TopicSpec topic) {
        var configs = new HashMap<>(topic.configs());
        configs.put("retention.ms", "1000");
        return new TopicSpec(topic.name(), topic.key(), topic.value(), 3, configs, topic.owner(), topic.says());
    }

    private RunAlone mlops(String... arguments) {
        return topics.run(TopicsCommand::new, arguments);
    }
}
