package dev.unitymlops.stage;

import static dev.unitymlops.stage.Requests.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers that stop taking work for a while or for good. The lease is longer than the tests' patience, so that whatever would
 * wait for one fails here.
 */
@ExtendWith(PlatformExtension.class)
class LeavingWorkersTest {

    private static final String LONG_LEASE = "1h";
    private static final Map<String, String> COORDINATOR =
            Map.of("worker.roles", "coordinator", "worker.lease", LONG_LEASE);

    private Fleet fleet;

    @BeforeEach
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        fleet = new Fleet(platform, folder);
        fleet.start(new DryBuilds(), COORDINATOR);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void whatDoesNotEndWithinTheGraceAfterSigtermGoesToTheNextWorkerAtOnce() throws Exception {
        Process leaves = fleet.startProcess(worker("rig-1", Map.of("service.drain-timeout", "1ms")));
        fleet.request(job("moved", "wait"));
        StageWork first = fleet.awaitPhase("moved", WorkPhase.HELD, 1);
        fleet.awaitPresence(
                "the word of who has it", there -> there.getWorkerId().equals(first.getWorker()));
        DryBuilds heir = new DryBuilds();
        heir.release();
        fleet.start(heir, worker("rig-2", Map.of()));

        leaves.destroy();
        assertThat(leaves.waitFor(Fleet.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(leaves.exitValue()).as("an orderly end").isZero();
        assertThat(fleet.awaitBuilt("moved").getAttempt()).isEqualTo(2);
        assertThat(fleet.awaitPhase("moved", WorkPhase.HELD, 2).getAttemptsUsed())
                .isZero();
        fleet.awaitWorkers(
                "its goodbye",
                there -> there.stream().map(WorkerPresence::getHost).toList().equals(List.of("rig-2")));
    }

    @Test
    void whatEndsWithinTheGraceEndsWhereItRuns() throws Exception {
        DryBuilds handler = new DryBuilds();
        RunningServices leaves = fleet.start(handler, worker("rig-1", Map.of("service.drain-timeout", "3m")));
        fleet.request(job("stays", "wait"));
        fleet.awaitPhase("stays", WorkPhase.HELD, 1);
        Thread drain = Thread.ofVirtual().start(() -> drain(leaves));
        fleet.awaitPresence("that it drains", WorkerPresence::getDraining);
        handler.release();
        drain.join();
        leaves.close();
        assertThat(fleet.awaitBuilt("stays").getAttempt()).isEqualTo(1);
    }

    private static void drain(RunningServices leaves) {
        try {
            leaves.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoLeavesInTheMidstOfALongQueueLeavesNothingForALeaseToFind() throws Exception {
        for (int i = 1; i <= 3; i++) {
            String rig = "rig-" + i;
            IntStream.range(0, 20).mapToObj(k -> rig + "-" + k).forEach(id -> fleet.request(job(id, "")));
            DryBuilds handler = new DryBuilds();
            RunningServices leaves =
                    fleet.start(handler, worker(rig, Map.of("worker.slots", "4", "service.drain-timeout", "1ms")));
            // It runs some and has claimed others when it leaves.
            await().atMost(Fleet.PATIENCE).until(() -> !handler.order().isEmpty());
            leaves.drain();
            leaves.close();
        }
        fleet.start(new DryBuilds(), worker("rig-4", Map.of("worker.slots", "4")));
        TopicReader<BuildCompleted> events = fleet.reader(Topics.BUILD_COMPLETED);
        events.await("60 events", read -> read.size() == 60, Fleet.PATIENCE);
        new EachEventOnce().assertKept(events.readToEnd());
        assertThat(fleet.<StageWork>reader(Topics.BUILD_WORK).readToEnd())
                .filteredOn(record -> record.value() != null)
                .allSatisfy(
                        record -> assertThat(record.value().getAttemptsUsed()).isZero());
    }

    @Test
    void aCordonedHostTakesNoNewWorkOverItsRestartsUntilTheCordonIsLifted() throws Exception {
        DryBuilds cordoned = new DryBuilds();
        DryBuilds other = new DryBuilds();
        RunningServices first = fleet.start(cordoned, worker("rig-1", Map.of("worker.slots", "4")));
        fleet.request(job("runs", "wait"));
        fleet.awaitPhase("runs", WorkPhase.HELD, 1);
        fleet.cordon("rig-1", "driver update");
        fleet.awaitPresence("that it is cordoned", LeavingWorkersTest::isCordoned);
        fleet.start(other, worker("rig-2", Map.of()));
        fleet.request(job("new", ""));
        fleet.awaitBuilt("new");
        assertThat(other.order()).containsExactly("new");
        cordoned.release();
        assertThat(fleet.awaitBuilt("runs").getAttempt()).isEqualTo(1);
        first.drain();
        first.close();

        DryBuilds restarted = new DryBuilds();
        fleet.start(restarted, worker("rig-1", Map.of("worker.labels", "gpu")));
        fleet.awaitPresence(
                "that it is cordoned from its start",
                there -> isCordoned(there) && there.getLabels().contains("gpu"));
        fleet.request(Requests.requiring(job("needs-gpu", ""), "gpu"));
        fleet.awaitPhase("needs-gpu", WorkPhase.QUEUED, 0);
        fleet.cordon("rig-1", null);
        fleet.awaitBuilt("needs-gpu");
        assertThat(restarted.order()).containsExactly("needs-gpu");
    }

    private static boolean isCordoned(WorkerPresence there) {
        return there.getHost().equals("rig-1") && "cordoned by anna: driver update".equals(there.getPaused());
    }

    private static Map<String, String> worker(String host, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putAll(Map.of("worker.roles", "worker", "worker.host", host, "worker.lease", LONG_LEASE));
        return settings;
    }
}
