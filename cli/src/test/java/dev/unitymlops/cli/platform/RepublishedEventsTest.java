package dev.unitymlops.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.ClusterOptions;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.jobs.SubmitCommand;
import dev.unitymlops.cli.records.ReadToEnd;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.registry.file.FileRegistry;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two trainings of one asset, and then every event that led there a second time. */
@Timeout(300)
class RepublishedEventsTest {
    private static final List<TopicSpec> INPUTS =
            List.of(Topics.JOB_REQUESTED, Topics.BUILD_COMPLETED, Topics.TRAINING_COMPLETED);

    @TempDir
    Path folder;

    private UpHere here;

    @BeforeEach
    void up() throws Exception {
        here = UpHere.start(folder, Pipeline.STAGES);
    }

    @AfterEach
    void down() {
        here.close();
    }

    @Test
    void two_jobs_of_one_asset_are_two_versions_however_often_their_events_come() throws Exception {
        submit("monday");
        submit("tuesday");
        Cluster cluster = cluster();

        republish(cluster);

        Awaitility.await("each stage to tell of both jobs' duplicates")
                .atMost(Duration.ofMinutes(3))
                .until(() -> duplicates(cluster).size(), size -> size == 2 * INPUTS.size());
        ModelHistory history = new FileRegistry(folder.resolve("artifacts/registry"), Clock.systemUTC())
                .history(new ParentModel("twice-001", "SlowAgent"))
                .orElseThrow();
        assertThat(history.versions()).extracting(ModelHistory.Line::jobId).containsExactly("monday", "tuesday");
        assertThat(events(cluster, Topics.MODEL_REGISTERED))
                .extracting(JobEvent::jobId)
                .containsExactlyInAnyOrder("monday", "tuesday");
    }

    /** A training of three seconds that needs neither Unity nor ML-Agents. */
    private void submit(String jobId) throws Exception {
        String text = Files.readString(Path.of("../examples/slow-stage.yaml"))
                .replace("job_id: slow-stage", "job_id: " + jobId)
                .replace("asset_id: slow-001", "asset_id: twice-001")
                .replace("sleep 2", "sleep 0")
                .replace("EPISODES, STEPS = 120,", "EPISODES, STEPS = 3,");
        Path file = Files.writeString(folder.resolve(jobId + ".yaml"), text);
        RunAlone ran = here.mlops(
                (say, find) -> new SubmitCommand(say, find, new ReadJobFile(Map.of()), Clock.systemUTC()),
                "submit",
                file.toString(),
                "--follow");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private Cluster cluster() throws Exception {
        var options = new ClusterOptions();
        var unused = CommandLine.populateCommand(options, "--data-dir=" + folder);
        return new FindCluster(options, Map.of()).find();
    }

    /** The same bytes under the same keys, as a producer writes them that has not heard the acknowledgement. */
    private static void republish(Cluster cluster) throws Exception {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        new ReadToEnd(cluster).each(INPUTS, records::add);
        assertThat(records).hasSize(2 * INPUTS.size());
        try (var producer = cluster.clients().bytesProducer("test", Map.of())) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(new ProducerRecord<>(
                                record.topic(), null, record.key(), record.value(), record.headers()))
                        .get();
            }
        }
    }

    private static Set<String> duplicates(Cluster cluster) {
        return events(cluster, Topics.JOB_PROGRESS).stream()
                .map(JobEvent::value)
                .map(JobProgress.class::cast)
                .filter(told -> told.getPhase().equals("duplicate"))
                .map(told -> told.getJobId() + " " + told.getStage())
                .collect(Collectors.toSet());
    }

    private static List<JobEvent> events(Cluster cluster, TopicSpec topic) {
        try (var reader = EventReader.fromBeginning(cluster, List.of(topic))) {
            return reader.history();
        }
    }
}
