package dev.unitymlops.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service as it is started, from an event to the next one. */
@ExtendWith(PlatformExtension.class)
class BuildMainTest {

    @TempDir
    Path root;

    @Test
    void aJobForTheStandInBecomesABuild(TestPlatform platform) throws Exception {
        String prefix = platform.newPrefix();
        Settings settings = Settings.of(Map.of(
                "bootstrap.servers", platform.bootstrapServers(),
                "schema.registry.url", platform.schemaRegistryUrl(),
                "topics.prefix", prefix,
                "topics.replication-factor", "1",
                "artifacts.root", root.resolve("artifacts").toString(),
                "work.dir", root.resolve("work").toString(),
                "http.port", "-1"));
        TrainingJob job = Jobs.with("{\"unity_project_path\": \"simulated:reach-target\"}");
        try (RunningServices services = RunningServices.start(settings, List.of(BuildMain.SERVICE));
                Producer<String, JobRequested> producer = platform.producer();
                TopicReader<BuildCompleted> builds = platform.reader(prefix + Topics.BUILD_COMPLETED.name())) {
            producer.send(new ProducerRecord<>(
                            prefix + Topics.JOB_REQUESTED.name(),
                            job.getJobId(),
                            JobRequested.newBuilder().setRun(1).setJob(job).build()))
                    .get();

            BuildCompleted built =
                    builds.awaitRecords(1, Duration.ofMinutes(3)).getFirst().value();

            assertThat(built.getBuild().getPlayer().getSizeBytes()).isPositive();
            assertThat(Files.exists(ArtifactFiles.pathOf(built.getArtifacts()).resolve("result.json")))
                    .isTrue();
        }
    }
}
