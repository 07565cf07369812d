package dev.unitymlops.cli.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.events.WorkerPresence;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.worker.Unschedulable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueuesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Queues queues = new Queues();

    @BeforeAll
    static void trust() {
        TrustedPackages.trust();
    }

    @Test
    void a_queued_job_waits_for_a_worker_of_its_own_stage() {
        queues.work(Stage.TRAIN, "job", work(WorkPhase.QUEUED));
        queues.worker("builder", presence(Stage.BUILD, NOW, false));

        Stuck stuck = queues.stuck("job", NOW).orElseThrow();
        assertThat(stuck).isEqualTo(new Stuck("job", 2, Stage.TRAIN, new Unschedulable(List.of(), List.of())));
        assertThat(stuck.text()).isEqualTo("train     unschedulable: no train worker is live");

        queues.worker("trainer", presence(Stage.TRAIN, NOW, false));
        assertThat(queues.stuck("job", NOW)).isEmpty();
        queues.worker("trainer", null);
        assertThat(queues.stuck(NOW)).containsOnlyKeys("job");
    }

    @Test
    void the_label_that_no_worker_offers_is_named() {
        queues.work(Stage.TRAIN, "job", work(WorkPhase.QUEUED, "gpu", "linux"));
        queues.worker("trainer", presence(Stage.TRAIN, NOW, false, "linux"));

        assertThat(queues.stuck("job", NOW).orElseThrow().text())
                .isEqualTo("train     unschedulable: no live train worker offers all that it requires; missing: gpu");
    }

    @Test
    void a_worker_that_is_silent_or_drains_takes_nothing() {
        queues.work(Stage.TRAIN, "job", work(WorkPhase.QUEUED));
        queues.worker("trainer", presence(Stage.TRAIN, NOW, false));
        assertThat(queues.stuck("job", NOW.plusSeconds(20))).isEmpty();
        assertThat(queues.stuck("job", NOW.plusSeconds(21))).isPresent();

        queues.worker("trainer", presence(Stage.TRAIN, NOW, true));
        assertThat(queues.stuck("job", NOW)).isPresent();
    }

    @Test
    void where_workers_that_would_fit_are_only_paused_their_reason_is_named() {
        queues.work(Stage.TRAIN, "job", work(WorkPhase.QUEUED, "gpu"));
        WorkerPresence paused = presence(Stage.TRAIN, NOW, false, "gpu");
        paused.setPaused("cordoned by anna: driver update");
        queues.worker("paused", paused);
        queues.worker("other", presence(Stage.TRAIN, NOW, false));

        assertThat(queues.stuck("job", NOW).orElseThrow().text())
                .isEqualTo("train     unschedulable: each live train worker that would fit is paused: "
                        + "cordoned by anna: driver update");
    }

    @Test
    void a_job_that_is_held_or_has_left_waits_for_nobody() {
        queues.work(Stage.TRAIN, "job", work(WorkPhase.QUEUED));
        queues.work(Stage.TRAIN, "job", work(WorkPhase.HELD));
        assertThat(queues.stuck(NOW)).isEmpty();
        queues.work(Stage.TRAIN, "job", work(WorkPhase.QUEUED));
        queues.work(Stage.TRAIN, "job", null);
        assertThat(queues.stuck(NOW)).isEmpty();
    }

    @Test
    void queued_jobs_stand_in_the_order_in_which_their_stage_takes_them() {
        queues.work(Stage.TRAIN, "late", at(30));
        queues.work(Stage.TRAIN, "urgent", at(-10));
        queues.work(Stage.TRAIN, "early", at(20));
        queues.work(Stage.TRAIN, "runs", work(WorkPhase.HELD));
        queues.work(Stage.BUILD, "elsewhere", at(0));

        assertThat(queues.places())
                .containsOnlyKeys("urgent", "early", "late", "elsewhere")
                .containsEntry("urgent", new QueuePlace(2, Stage.TRAIN, 1, 3))
                .containsEntry("early", new QueuePlace(2, Stage.TRAIN, 2, 3))
                .containsEntry("late", new QueuePlace(2, Stage.TRAIN, 3, 3))
                .containsEntry("elsewhere", new QueuePlace(2, Stage.BUILD, 1, 1));
    }

    private static StageWork at(long order) {
        StageWork queued = work(WorkPhase.QUEUED);
        queued.setQueueOrder(order);
        return queued;
    }

    private static StageWork work(WorkPhase phase, String... requires) {
        StageInput input = StageInput.newBuilder()
                .setRecord(new RecordCoordinates("build-completed", 0, 1L))
                .setContentHash("hash")
                .setPriority(5)
                .setRequires(List.of(requires))
                .setMaxAttempts(3)
                .setDryRun(true)
                .setAssetId("asset-1")
                .build();
        return StageWork.newBuilder()
                .setRun(2)
                .setVersion(1)
                .setPhase(phase)
                .setAttempt(0)
                .setAttemptsUsed(0)
                .setSince(0)
                .setInput(input)
                .build();
    }

    private static WorkerPresence presence(Stage stage, Instant at, boolean draining, String... labels) {
        return WorkerPresence.newBuilder()
                .setWorkerId("w")
                .setStage(stage)
                .setHost("host")
                .setPid(1)
                .setSlots(1)
                .setLabels(List.of(labels))
                .setDraining(draining)
                .setStartedAt(at)
                .setAt(at)
                .setLeaseMs(10_000L)
                .build();
    }
}
