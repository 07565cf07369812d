package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import dev.unitymlops.runtime.TopicPlan.Difference;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCreatorTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = EmbeddedBroker.start(BrokerOptions.in(folder));
        admin = clients("mock://topics").admin("test");
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    private static KafkaClients clients(String registryUrl) {
        return clients(broker.bootstrapServers(), registryUrl);
    }

    private static KafkaClients clients(String bootstrapServers, String registryUrl) {
        return new KafkaClients(
                new KafkaSettings(bootstrapServers, registryUrl, Map.of(), Map.of(), Duration.ofMillis(1500)));
    }

    private static TopicCreator creator(String prefix) {
        return creator(new TopicSettings(true, prefix, 1, 0));
    }

    private static TopicCreator creator(TopicSettings settings) {
        return new TopicCreator(admin, settings, TIMEOUT);
    }

    private static TopicSpec topic(String name, int partitions, String retention) {
        return new TopicSpec(name, "key", null, partitions, Map.of("retention.ms", retention), "test", "Says.");
    }

    @Test
    void everyDeclaredTopicIsCreatedAsDeclared() throws Exception {
        var creator = creator("all.");
        assertThat(creator.plan(Topics.allWithDeadLetters()).missing())
                .hasSameSizeAs(Topics.allWithDeadLetters())
                .allSatisfy(missing -> assertThat(missing.topic()).startsWith("all."));

        creator.apply(creator.plan(Topics.allWithDeadLetters()));

        assertThat(creator.plan(Topics.allWithDeadLetters()).differences()).isEmpty();
    }

    @Test
    void otherConfigsAreSetAndOtherPartitionsOnlyTold() throws Exception {
        var creator = creator("differs.");
        creator.ensure(List.of(topic("a", 2, "1000")));
        var wanted = List.of(topic("a", 3, "2000"), topic("b", 1, "1000"));

        var plan = creator.plan(wanted);
        assertThat(plan.differences())
                .containsExactly(
                        new Difference.Missing("differs.b", 1, 1, Map.of("retention.ms", "1000")),
                        new Difference.OtherPartitions("differs.a", 3, 2),
                        new Difference.OtherConfig("differs.a", "retention.ms", "2000", "1000"));

        creator.apply(plan);

        // A broker answers from what it has heard of the controller, which may be what was before.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(creator.plan(wanted).differences())
                        .containsExactly(new Difference.OtherPartitions("differs.a", 3, 2)));
    }

    @Test
    void whatIsThereIsLeftAloneAtTheStartOfAService() throws Exception {
        creator("start.").ensure(List.of(topic("a", 2, "1000")));
        creator("start.").ensure(List.of(topic("a", 3, "2000"), topic("b", 1, "1000")));

        assertThat(creator("start.")
                        .plan(List.of(topic("a", 2, "1000"), topic("b", 1, "1000")))
                        .differences())
                .isEmpty();
    }

    @Test
    void aClusterMayHavePartitionsOfItsOwn() throws Exception {
        creator(new TopicSettings(true, "own.", -1, 5)).ensure(List.of(topic("a", 2, "1000")));

        assertThat(creator("own.").plan(List.of(topic("a", 5, "1000"))).differences())
                .isEmpty();
    }

    @Test
    void severalServicesMayCreateTheSameTopicsAtOnce() throws Exception {
        Callable<Void> ensure = () -> {
            creator("race.").ensure(List.of(topic("a", 2, "1000"), topic("b", 2, "1000")));
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(List.of(ensure, ensure, ensure, ensure))) {
                done.get();
            }
        }
        assertThat(creator("race.")
                        .plan(List.of(topic("a", 2, "1000"), topic("b", 2, "1000")))
                        .differences())
                .isEmpty();
    }

    @Test
    void missingTopicsThatMayNotBeCreatedAreAllNamed() {
        var creator = creator(new TopicSettings(false, "none.", 1, 0));

        assertThatThrownBy(() -> creator.ensure(List.of(topic("a", 1, "1000"), topic("b", 1, "1000"))))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("none.a, none.b")
                .hasMessageContaining("mlops topics apply");
    }

    @Test
    void topicsThatMayLoseRecordsOrOrderAreAllNamedWithWhatToDo() throws Exception {
        existing("unsafe.unclean", 1, Map.of("unclean.leader.election.enable", "true"));
        existing("unsafe.policy", 1, Map.of("cleanup.policy", "compact"));
        existing("unsafe.any-commands", 2, Map.of());
        existing("unsafe.any-work", 9, Map.of());
        existing("unsafe.event", 9, Map.of("retention.ms", "7"));
        var wanted = List.of(kept("unclean"), kept("policy"), kept("any-commands"), kept("any-work"), kept("event"));

        assertThatThrownBy(() -> creator("unsafe.").ensure(wanted))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("unsafe.unclean has unclean.leader.election.enable = true, wanted false")
                .hasMessageContaining("unsafe.policy has cleanup.policy = compact, wanted delete")
                .hasMessageContaining("mlops topics apply")
                .hasMessageContaining("unsafe.any-commands has 2 partitions, wanted 3")
                .hasMessageContaining("unsafe.any-work has 9 partitions, wanted 3")
                .hasMessageContaining("topics.partitions")
                .hasMessageNotContaining("unsafe.event");
        creator("unsafe.").apply(creator("unsafe.").plan(wanted));
        // The broker learns of settings a moment after the controller has taken them.
        long giveUp = System.nanoTime() + TIMEOUT.toNanos();
        while (!creator("unsafe.").plan(wanted).applied()) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
        }
        assertThatThrownBy(() -> creator("unsafe.").ensure(wanted))
                .hasMessageNotContaining("unclean")
                .hasMessageNotContaining("policy");
    }

    /** This broker is alone, so the configuration of a topic on three is made here. */
    @Test
    void onThreeReplicasTwoMustHaveARecordBeforeItCounts() {
        var one = new Config(List.of(new ConfigEntry("min.insync.replicas", "1")));
        var two = new Config(List.of(new ConfigEntry("min.insync.replicas", "2")));
        var difference = new Difference.OtherConfig("t", "min.insync.replicas", "2", "1");

        assertThat(TopicCreator.losesRecords("t", 3, one)).containsExactly(difference);
        assertThat(TopicCreator.losesRecords("t", 3, two)).isEmpty();
        assertThat(TopicCreator.losesRecords("t", 1, one)).isEmpty();
        assertThatThrownBy(() -> UnsafeTopics.refuse(new TopicPlan(List.of(difference)), Set.of()))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("t has min.insync.replicas = 1, wanted 2");
    }

    @Test
    void fewerReplicasThanWantedAreRefusedUntilTheSettingAllowsThem() throws Exception {
        existing("replicas.a", 1, Map.of());
        var wanted = List.of(topic("a", 1, "1000"));

        assertThatThrownBy(() ->
                        creator(new TopicSettings(true, "replicas.", 3, 0)).ensure(wanted))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("replicas.a has 1 replicas, wanted 3")
                .hasMessageContaining("topics.replication-factor to 1");
        creator(new TopicSettings(true, "replicas.", 1, 0)).ensure(wanted);
        creator(new TopicSettings(true, "replicas.", -1, 0)).ensure(wanted);
    }

    @Test
    void moreReplicasThanThereAreBrokersAreAMessageAndNoTopic() throws Exception {
        var three = creator(new TopicSettings(true, "three.", 3, 0));
        var wanted = List.of(topic("a", 1, "1000"));

        assertThatThrownBy(() -> three.ensure(wanted))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("too few brokers for topics.replication-factor = 3");
        assertThat(three.plan(wanted).missing())
                .containsExactly(new Difference.Missing(
                        "three.a", 1, 3, Map.of("retention.ms", "1000", "min.insync.replicas", "2")));
    }

    private static void existing(String name, int partitions, Map<String, String> configs) throws Exception {
        creator("").apply(new TopicPlan(List.of(new Difference.Missing(name, partitions, 1, configs))));
    }

    private static TopicSpec kept(String name) {
        return new TopicSpec(name, "key", null, 3, Map.of("cleanup.policy", "delete"), "test", "Says.");
    }

    @Test
    void theClusterIsRequiredWithItsTopics() throws Exception {
        var settings = new TopicSettings(true, "required.", 1, 0);

        new RequireCluster(clients("mock://topics"), settings, reading(topic("a", 1, "1000"))).start(reason -> {});

        assertThat(creator("required.").plan(List.of(topic("a", 1, "1000"))).differences())
                .isEmpty();
    }

    @Test
    void brokersThatDoNotAnswerAreNamed() throws Exception {
        var cluster = new RequireCluster(
                clients("127.0.0.1:" + portNobodyListensOn(), "mock://topics"),
                new TopicSettings(true, "", 1, 0),
                reading(topic("a", 1, "1000")));

        assertThatThrownBy(() -> cluster.start(reason -> {}))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("bootstrap.servers");
    }

    @Test
    void bootstrapServersThatAreNoneAreNamed() {
        var cluster = new RequireCluster(
                clients("kafka", "mock://topics"), new TopicSettings(true, "", 1, 0), reading(topic("a", 1, "1000")));

        assertThatThrownBy(() -> cluster.start(reason -> {}))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("bootstrap.servers = kafka");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() throws Exception {
        String url = "http://127.0.0.1:" + portNobodyListensOn();
        var cluster = new RequireCluster(clients(url), new TopicSettings(true, "", 1, 0), ClusterUse.none("any"));

        assertThatThrownBy(() -> cluster.start(reason -> {}))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining(url)
                .hasMessageContaining("schema.registry.url");
    }

    private static ClusterUse reading(TopicSpec... topics) {
        return new ClusterUse("any", List.of(topics), List.of(), List.of(), List.of(), List.of());
    }

    private static int portNobodyListensOn() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
