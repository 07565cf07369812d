package dev.unitymlops.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.MissingHere;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformExtension.class)
class CheckRetentionTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final TestPlatform platform;
    private final String prefix;

    CheckRetentionTest(TestPlatform platform) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
    }

    @Test
    void topicsAsDeclaredAndTheUsualHorizonWillDo() throws Exception {
        platform.createTopics(prefix, Topics.JOB_REQUESTED, Topics.JOB_CONTROL, Topics.BUILD_COMMANDS);
        check(DAY.multipliedBy(31));
    }

    @Test
    void commandsThatAreGoneBeforeTheirInputsAreRefused() {
        platform.createTopics(
                prefix, kept(Topics.JOB_REQUESTED, 5), kept(Topics.JOB_CONTROL, 3), kept(Topics.BUILD_COMMANDS, 4));
        assertThatThrownBy(() -> check(DAY.multipliedBy(31)))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining(prefix + "build-commands keeps records for 345600000 ms (4 d), " + prefix
                        + "job-requested for 432000000 ms (5 d)")
                .hasMessageContaining("set retention.ms")
                .hasMessageNotContaining("job-control")
                .hasMessageNotContaining("horizon");
    }

    @Test
    void aHorizonShorterThanWhatTheClusterKeepsIsRefused() {
        platform.createTopics(
                prefix, kept(Topics.JOB_REQUESTED, 90), kept(Topics.JOB_CONTROL, 30), kept(Topics.BUILD_COMMANDS, 90));
        assertThatThrownBy(() -> check(DAY.multipliedBy(31)))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("worker.duplicate-horizon is 31 d, " + prefix + "job-requested")
                .hasMessageContaining("(90 d)")
                .hasMessageNotContaining("build-commands")
                .hasMessageNotContaining("job-control");
    }

    @Test
    void inputsKeptForEverOutliveAnyHorizon() {
        platform.createTopics(prefix, kept(Topics.JOB_REQUESTED, -1), Topics.JOB_CONTROL, Topics.BUILD_COMMANDS);
        assertThatThrownBy(() -> check(DAY.multipliedBy(365)))
                .isInstanceOf(MissingHere.class)
                .hasMessageContaining("job-requested keeps records for ever")
                .hasMessageContaining(
                        prefix + "job-requested for ever: set retention.ms of " + prefix + "build-commands");
    }

    private void check(Duration horizon) throws InterruptedException {
        KafkaClients clients = new KafkaClients(Settings.of(Map.of(
                        "bootstrap.servers", platform.bootstrapServers(),
                        "schema.registry.url", platform.schemaRegistryUrl()))
                .read(KafkaSettings::from));
        new CheckRetention(StageLine.BUILD, clients, new TopicSettings(true, prefix, 1, 0), horizon)
                .start(reason -> {});
    }

    /** @param days negative: for ever */
    private static TopicSpec kept(TopicSpec topic, int days) {
        String millis = days < 0 ? "-1" : Long.toString(DAY.multipliedBy(days).toMillis());
        return new TopicSpec(
                topic.name(),
                topic.key(),
                topic.value(),
                topic.partitions(),
                Map.of("cleanup.policy", "delete", "retention.ms", millis),
                topic.owner(),
                topic.says());
    }
}
