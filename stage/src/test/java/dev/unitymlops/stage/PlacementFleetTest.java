package dev.unitymlops.stage;

import static dev.unitymlops.stage.Requests.job;
import static dev.unitymlops.stage.Requests.requiring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where a small fleet's jobs run, and in which order: labels, priorities, quotas. */
@ExtendWith(PlatformExtension.class)
class PlacementFleetTest {

    /** With hours between beats no attempt is lost to a machine that is busy: where jobs run is what these tests show. */
    private static final String LONG_LEASE = "1h";

    private static final Duration MOST_IDLE = Duration.ofMinutes(1);

    private Fleet fleet;

    @BeforeEach
    void start(TestPlatform platform, @TempDir Path folder) {
        fleet = new Fleet(platform, folder);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void sixtyJobsOfThreeLabelsRunOnlyWhereTheyMayAndNoFittingWorkerIsIdleMeanwhile() throws Exception {
        fleet.start(new DryBuilds(), settings("worker.roles", "coordinator"));
        Map<DryBuilds, List<String>> workers = new HashMap<>();
        for (List<String> labels :
                List.of(List.of("gpu"), List.of("unity-6"), List.of("arm"), List.of("gpu", "unity-6"))) {
            DryBuilds worker = new DryBuilds();
            workers.put(worker, labels);
            fleet.start(worker, worker("worker.labels", String.join(",", labels), "worker.slots", "2"));
        }
        Collection<WorkerPresence> there = fleet.awaitWorkers("all workers", all -> all.size() == workers.size());
        for (int i = 0; i < 60; i++) {
            String label = List.of("gpu", "unity-6", "arm").get(i % 3);
            fleet.request(withPriority(requiring(job(label + "-" + i, ""), label), i % 10));
        }
        TopicReader<BuildCompleted> events = fleet.reader(Topics.BUILD_COMPLETED);
        events.await("60 events", read -> read.size() == 60, Fleet.PATIENCE);
        new EachEventOnce().assertKept(events.readToEnd());
        workers.forEach((worker, labels) -> assertThat(worker.order())
                .allSatisfy(id -> assertThat(labels).contains(id.substring(0, id.lastIndexOf('-')))));
        assertThat(workers.keySet().stream()
                        .mapToInt(worker -> worker.order().size())
                        .sum())
                .as("each attempt is the first")
                .isEqualTo(60);
        Duration idle = IdleWhileWaiting.longest(
                fleet.<StageWork>reader(Topics.BUILD_WORK).readToEnd(), there);
        assertThat(idle).as("a second on a quiet machine").isLessThan(MOST_IDLE);
    }

    @Test
    void anUrgentJobThatEntersBehindManyOthersStartsNext() throws Exception {
        DryBuilds oneSlot = new DryBuilds();
        fleet.start(oneSlot, settings());
        fleet.request(job("blocks", "wait-and-look"));
        await().atMost(Fleet.PATIENCE).until(() -> oneSlot.attempts("blocks") == 1);
        List<String> others = IntStream.range(0, 30).mapToObj(i -> "other-" + i).toList();
        others.forEach(id -> fleet.request(job(id, "")));
        fleet.request(withPriority(job("urgent", ""), 9));
        fleet.awaitPhase("urgent", WorkPhase.QUEUED, 0);
        TopicReader<StageWork> queue = fleet.reader(Topics.BUILD_WORK);
        queue.await(
                "all in the queue",
                read -> read.stream()
                                .filter(record ->
                                        record.value() != null && record.value().getPhase() == WorkPhase.QUEUED)
                                .map(record -> record.key())
                                .distinct()
                                .count()
                        == others.size() + 1,
                Fleet.PATIENCE);
        oneSlot.release();
        await().atMost(Fleet.PATIENCE).until(() -> oneSlot.order().size() == others.size() + 2);
        assertThat(oneSlot.order()).startsWith("blocks", "urgent");
    }

    @Test
    void aProjectNeverHasMoreThanItsQuotaAtWorkOverAllWorkers() throws Exception {
        Map<String, String> quota = Map.of("queue.quota.yard", "2");
        fleet.start(new DryBuilds(), settings("worker.roles", "coordinator"));
        DryBuilds all = new DryBuilds();
        for (int i = 0; i < 12; i++) {
            String project = i % 2 == 0 ? "yard" : "farm";
            fleet.request(ofProject(project, job(project + "-" + i, "wait")));
        }
        for (int i = 0; i < 3; i++) {
            Map<String, String> settings = new HashMap<>(quota);
            settings.putAll(worker("worker.slots", "3", "worker.host", "rig-" + i));
            fleet.start(all, settings);
        }
        await().atMost(Fleet.PATIENCE).until(() -> all.order().size() == 8);
        all.release();
        TopicReader<BuildCompleted> events = fleet.reader(Topics.BUILD_COMPLETED);
        events.await("12 events", read -> read.size() == 12, Fleet.PATIENCE);
        new EachEventOnce().assertKept(events.readToEnd());
        assertThat(all.mostAtOnce("yard")).isEqualTo(2);
        assertThat(all.mostAtOnce("farm")).isEqualTo(6);
    }

    private static TrainingJob ofProject(String project, TrainingJob job) {
        job.setProject(project);
        return job;
    }

    private static TrainingJob withPriority(TrainingJob job, int priority) {
        job.setPriority(priority);
        return job;
    }

    private static Map<String, String> worker(String... settings) {
        Map<String, String> all = settings(settings);
        all.put("worker.roles", "worker");
        return all;
    }

    private static Map<String, String> settings(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("worker.lease", LONG_LEASE));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return all;
    }
}
