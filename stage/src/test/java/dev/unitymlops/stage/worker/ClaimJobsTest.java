package dev.unitymlops.stage.worker;

import static dev.unitymlops.stage.worker.QueuedJobs.input;
import static dev.unitymlops.stage.worker.QueuedJobs.ofProject;
import static dev.unitymlops.stage.worker.QueuedJobs.queued;
import static dev.unitymlops.stage.worker.QueuedJobs.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimJobsTest {

    private final WorkView view = new WorkView();
    private final Peers peers = new Peers(Stage.TRAIN, Duration.ofSeconds(60), () -> 0);
    private final Capacity capacity = capacity("me", 2);
    private final Set<String> running = new HashSet<>();
    private final ClaimJobs claims = new ClaimJobs("me", capacity, view, peers, Quotas.NONE, running::contains);

    @Test
    void theMostUrgentFittingJobsAreClaimedUpToTheFreeSlots() {
        view.put("later", queued(5, 30));
        view.put("urgent", queued(9, 40));
        view.put("old", queued(5, 10));
        view.put("needs-tpu", queued(9, 1, "tpu"));
        assertThat(claimed(claims)).containsExactlyInAnyOrder("urgent", "old");
        assertThat(capacity.free()).isZero();
    }

    @Test
    void theWholeQueueIsLookedThroughForOneThatFits() {
        for (int i = 0; i < 50; i++) {
            view.put("needs-tpu-" + i, queued(9, i, "tpu"));
        }
        view.put("fits", queued(0, 99, "gpu"));
        assertThat(claimed(claims)).containsExactly("fits");
    }

    @Test
    void oneClaimIsEnoughUntilTheStateChanges() {
        view.put("job", queued(5, 10));
        assertThat(claimed(claims)).containsExactly("job");
        assertThat(claimed(claims)).isEmpty();
        capacity.changed("job", 2);
        assertThat(claimed(claims)).containsExactly("job");
    }

    @Test
    void aJobThatIsStillBeingStoppedHereIsLeftToOthers() {
        running.add("job");
        view.put("job", queued(5, 10));
        assertThat(claimed(claims)).isEmpty();
        assertThat(capacity.offer().takes(input(1)))
                .as("it does not hold up others")
                .isTrue();
        running.clear();
        assertThat(claimed(claims)).containsExactly("job");
    }

    @Test
    void ofAProjectWithALimitTheFirstAreClaimedForWhichItHasRoom() {
        Quotas quotas = new Quotas(Map.of("yard", 2, "default", 1));
        Capacity six = new Capacity("me", 6, Set.of("gpu"), new Pauses(), quotas);
        six.open();
        ClaimJobs limited = new ClaimJobs("me", six, view, peers, quotas, running::contains);
        view.put("yard-held", ofProject("yard", work(WorkPhase.HELD, 2, 5, 1)));
        view.put("yard-elsewhere", ofProject("yard", queued(9, 2, "tpu")));
        view.put("yard-1", ofProject("yard", queued(5, 3)));
        view.put("yard-2", ofProject("yard", queued(5, 4)));
        view.put("farm-1", ofProject("farm", queued(5, 5)));
        view.put("farm-2", ofProject("farm", queued(5, 6)));
        assertThat(claimed(limited)).containsExactlyInAnyOrder("yard-1", "farm-1");
        assertThat(claimed(limited)).as("what it has asked for counts").isEmpty();

        view.remove("yard-held");
        assertThat(claimed(limited)).containsExactly("yard-2");
        assertThat(six.offer().takes(ofProject("other", queued(5, 1)).getInput()))
                .as("what has a limit goes through the queue")
                .isFalse();
    }

    @Test
    void anUrgentJobThatEntersBehindAThousandOthersIsTheNext() {
        for (int i = 0; i < 1_000; i++) {
            view.put("other-" + i, queued(5, i));
        }
        capacity.waiting(true);
        view.put("urgent", queued(9, 1_001));
        assertThat(claimed(claims)).contains("urgent").hasSize(2);
    }

    @Test
    void nothingIsOfferedWhileSomethingThatFitsWaits() {
        view.put("waits", queued(5, 10));
        view.put("waits-2", queued(5, 11));
        view.put("waits-3", queued(5, 12));
        claimed(claims);
        capacity.changed("waits", 2);
        assertThat(capacity.free()).isEqualTo(1);
        assertThat(capacity.offer().takes(input(9))).isFalse();
        view.remove("waits");
        view.remove("waits-2");
        view.remove("waits-3");
        claimed(claims);
        assertThat(capacity.offer().takes(input(0))).isTrue();
    }

    @Test
    void freeWorkersThatSeeTheSameQueueAskForDifferentJobs() {
        List<String> ids = List.of("w-1", "w-2", "w-3", "w-4");
        ids.forEach(id -> peers.put(presence(id)));
        for (int i = 0; i < 20; i++) {
            view.put("job-" + i, queued(5, i));
        }
        Set<String> all = new HashSet<>();
        for (String id : ids) {
            all.addAll(claimed(new ClaimJobs(id, capacity(id, 1), view, peers, Quotas.NONE, job -> false)));
        }
        assertThat(all).as("four workers, at most one clash").hasSizeGreaterThanOrEqualTo(3);
    }

    private static List<String> claimed(ClaimJobs claims) {
        List<String> jobs = new ArrayList<>();
        claims.claim((job, work) -> jobs.add(job));
        return jobs;
    }

    private static Capacity capacity(String id, int slots) {
        Capacity capacity = new Capacity(id, slots, Set.of("gpu"), new Pauses(), Quotas.NONE);
        capacity.open();
        return capacity;
    }

    private static WorkerPresence presence(String id) {
        return WorkerPresence.newBuilder()
                .setWorkerId(id)
                .setStage(Stage.TRAIN)
                .setHost("host")
                .setPid(1L)
                .setSlots(1)
                .setLabels(List.of())
                .setVersions(Map.of())
                .setRunning(List.of())
                .setDraining(false)
                .setStartedAt(Instant.EPOCH)
                .setAt(Instant.EPOCH)
                .build();
    }
}
