package dev.unitymlops.system.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.JobFiles;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.OneEndPerRun;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import dev.unitymlops.train.TrainMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input topics that somebody else made, with as many partitions as they like and a partitioner of their own. */
@ExtendWith(PlatformExtension.class)
class ForeignPartitionsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void aJobGoesThroughFromTheLastOfAnyNumberOfPartitions(int partitions, TestPlatform platform) throws Exception {
        String prefix = platform.newPrefix();
        platform.createTopics(
                prefix,
                having(partitions, Topics.JOB_REQUESTED),
                having(partitions, Topics.BUILD_COMPLETED),
                having(partitions + 1, Topics.TRAINING_COMPLETED),
                having(partitions + 2, Topics.JOB_CONTROL));
        try (RunningServices services = RunningServices.start(
                        settings(platform, prefix),
                        List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE));
                TopicReader<SpecificRecord> events = platform.reader(
                        prefix + Topics.JOB_REQUESTED.name(),
                        prefix + Topics.BUILD_COMPLETED.name(),
                        prefix + Topics.TRAINING_COMPLETED.name(),
                        prefix + Topics.MODEL_REGISTERED.name(),
                        prefix + Topics.JOB_FAILED.name())) {
            request(platform, prefix, partitions - 1);
            String end = prefix + Topics.MODEL_REGISTERED.name();
            events.await(
                    "the end", all -> all.stream().anyMatch(it -> it.topic().equals(end)), PATIENCE);
            var records = events.readToEnd();
            assertThat(records).hasSize(4);
            new EachEventOnce().assertKept(records);
            OneEndPerRun.of(prefix).assertKept(records);
            assertThat(services.fatal()).isNotDone();
        }
    }

    private static void request(TestPlatform platform, String prefix, int partition) throws Exception {
        JobRequested event = JobRequested.newBuilder()
                .setJob(JobFiles.dry("foreign"))
                .setRequestedBy("a system test")
                .build();
        try (Producer<String, JobRequested> producer = platform.producer()) {
            producer.send(new ProducerRecord<>(
                            prefix + Topics.JOB_REQUESTED.name(),
                            partition,
                            event.getJob().getJobId(),
                            event))
                    .get();
        }
    }

    private static TopicSpec having(int partitions, TopicSpec topic) {
        return new TopicSpec(
                topic.name(), topic.key(), topic.value(), partitions, topic.configs(), topic.owner(), topic.says());
    }

    private Settings settings(TestPlatform platform, String prefix) {
        Map<String, String> settings = platform.settings(prefix);
        settings.put("artifacts.root", folder.resolve("artifacts").toString());
        settings.put("work.dir", folder.resolve("work").toString());
        return Settings.of(settings);
    }
}
