package dev.unitymlops.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.queues.QueuePlace;
import dev.unitymlops.cli.queues.Stuck;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.worker.Unschedulable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobViewTest {
    private final Told told = new Told(false);

    private static JobView view(List<JobEvent> events) {
        var view = new JobView(Told.JOB);
        events.forEach(view::add);
        return view;
    }

    private static JobResult result(JobEvent... events) {
        return view(List.of(events)).result();
    }

    private List<JobEvent> success() {
        return List.of(
                told.requested(1),
                told.accepted(Stage.BUILD, 1),
                told.progress(Stage.BUILD, 1, 1, "building", null),
                told.built(1, 1),
                told.progress(Stage.TRAIN, 1, 1, "training", 500L),
                told.progress(Stage.TRAIN, 1, 1, "retrying", null),
                told.progress(Stage.TRAIN, 1, 2, "training", 700L),
                told.trained(1, 2, 500L),
                told.registered(1, 1));
    }

    @Test
    void a_success_is_shown_in_exactly_this_json() {
        assertThat(Json.line(view(success()).result()))
                .isEqualTo("{\"job_id\":\"job-1\",\"run\":1,\"state\":\"succeeded\",\"dry_run\":false,\"stages\":["
                        + "{\"stage\":\"build\",\"run\":1,\"attempt\":1,\"state\":\"succeeded\","
                        + "\"started_at\":\"2026-01-02T03:04:08Z\",\"completed_at\":\"2026-01-02T03:04:09Z\"},"
                        + "{\"stage\":\"train\",\"run\":1,\"attempt\":2,\"state\":\"succeeded\","
                        + "\"started_at\":\"2026-01-02T03:04:12Z\",\"completed_at\":\"2026-01-02T03:04:13Z\"},"
                        + "{\"stage\":\"registry\",\"run\":1,\"attempt\":1,\"state\":\"succeeded\","
                        + "\"started_at\":\"2026-01-02T03:04:13Z\",\"completed_at\":\"2026-01-02T03:04:14Z\"}],"
                        + "\"training\":{\"steps\":1000,\"mean_reward\":1.5,\"episodes\":20,\"resumed_from_step\":500,"
                        + "\"random_mean_reward\":null},\"models\":[{\"behavior\":\"Agent\",\"name\":\"asset-1/Agent\","
                        + "\"version\":3,\"uri\":\"file:///a/Agent.onnx\",\"sha256\":\"" + "0".repeat(64)
                        + "\",\"aliases\":[]}],\"registration\":null,"
                        + "\"artifacts\":\"file:///artifacts/job-1/\",\"error\":null}");
    }

    @Test
    void the_events_that_led_there_stand_beside_the_result_by_time_and_without_progress() {
        var view = view(success().reversed());

        FinishedJob finished = FinishedJob.of(view.result(), view);

        assertThat(finished.events())
                .extracting("topic")
                .containsExactly("job-requested", "build-completed", "training-completed", "model-registered");
        assertThat(Json.line(finished)).startsWith("{\"job_id\":\"job-1\",").contains("\"events\":[{\"topic\":");
    }

    @Test
    void a_job_that_waits_for_a_worker_which_is_not_there_is_unschedulable_until_it_goes_on() {
        var view = view(List.of(told.requested(1), told.accepted(Stage.BUILD, 1), told.built(1, 1)));
        view.waitsFor(new Stuck("job-1", 1, Stage.TRAIN, new Unschedulable(List.of("gpu"), List.of())));

        assertThat(view.state()).isEqualTo(JobState.UNSCHEDULABLE);
        assertThat(Json.line(view.result()))
                .contains(
                        "\"state\":\"unschedulable\"",
                        "\"error\":null,\"unschedulable\":{\"stage\":\"train\",\"missing\":[\"gpu\"],");

        view.add(told.cancelAsked(1));
        assertThat(view.state()).isEqualTo(JobState.CANCELLING);
        view.add(told.failed(Stage.TRAIN, 1, 0, FailureCause.CANCELLED, "enough"));
        assertThat(view.state()).isEqualTo(JobState.CANCELLED);
        assertThat(view.result().unschedulable()).isNull();
    }

    @Test
    void a_queued_job_shows_its_place_until_it_goes_on() {
        var view = view(List.of(told.requested(1), told.accepted(Stage.BUILD, 1)));
        view.standsAt(new QueuePlace(1, Stage.BUILD, 3, 17));
        assertThat(Json.line(view.result())).contains("\"queue\":{\"stage\":\"build\",\"position\":3,\"waiting\":17}");
        view.standsAt(null);
        assertThat(Json.line(view.result())).doesNotContain("queue\":");
        view.standsAt(new QueuePlace(2, Stage.BUILD, 3, 17));
        assertThat(view.result().queue()).as("of another run").isNull();
    }

    @Test
    void what_a_queue_says_of_another_run_is_passed_over() {
        var view = view(List.of(told.requested(2), told.accepted(Stage.BUILD, 2)));
        view.waitsFor(new Stuck("job-1", 1, Stage.BUILD, new Unschedulable(List.of(), List.of())));
        assertThat(view.state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void events_may_come_in_any_order() {
        var events = new ArrayList<>(success());
        events.add(told.requested(2));
        events.add(told.accepted(Stage.BUILD, 2));
        events.add(told.progress(Stage.BUILD, 2, 1, "building", null));
        events.add(told.failed(Stage.BUILD, 2, 1, FailureCause.USER, "no player"));
        JobResult expected = view(events).result();
        var random = new Random(42);

        for (int i = 0; i < 200; i++) {
            Collections.shuffle(events, random);
            assertThat(view(events).result()).isEqualTo(expected);
        }
        assertThat(expected.state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void every_prefix_of_a_story_has_its_state() {
        var view = new JobView(Told.JOB);
        var states = new ArrayList<JobState>();
        for (JobEvent event : success()) {
            view.add(event);
            states.add(view.state());
        }

        assertThat(states)
                .containsExactly(
                        JobState.QUEUED,
                        JobState.QUEUED,
                        JobState.RUNNING,
                        JobState.RUNNING,
                        JobState.RUNNING,
                        JobState.WAITING,
                        JobState.RUNNING,
                        JobState.RUNNING,
                        JobState.SUCCEEDED);
    }

    @Test
    void a_dry_run_has_neither_training_nor_models() {
        var dry = new Told(true);

        JobResult result = result(dry.requested(1), dry.built(1, 1), dry.trained(1, 1, null), dry.registered(1, 1));

        assertThat(result.dryRun()).isTrue();
        assertThat(result.training()).isNull();
        assertThat(result.models()).isEmpty();
        assertThat(result.state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_retry_shows_the_stages_that_it_does_not_repeat() {
        JobResult result = result(
                told.requested(1),
                told.built(1, 1),
                told.failed(Stage.TRAIN, 1, 3, FailureCause.INFRASTRUCTURE, "lost", "again"),
                told.accepted(Stage.TRAIN, 2),
                told.progress(Stage.TRAIN, 2, 1, "training", 100L));

        assertThat(result.run()).isEqualTo(2);
        assertThat(result.state()).isEqualTo(JobState.RUNNING);
        assertThat(result.error()).isNull();
        assertThat(result.stages())
                .extracting(StageView::stage, StageView::run, StageView::state)
                .containsExactly(tuple("build", 1, JobState.SUCCEEDED), tuple("train", 2, JobState.RUNNING));
        assertThat(result.training()).isEqualTo(new TrainingView(100, 0.5, null, null, null));
    }

    @Test
    void a_retry_of_the_registration_shows_the_training_before_it() {
        JobResult result = result(
                told.requested(1),
                told.built(1, 1),
                told.trained(1, 1, null),
                told.failed(Stage.REGISTRY, 1, 1, FailureCause.INFRASTRUCTURE, "disk full"),
                told.accepted(Stage.REGISTRY, 2),
                told.registered(2, 1));

        assertThat(result.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(result.stages()).extracting(StageView::run).containsExactly(1, 1, 2);
        assertThat(result.training()).extracting("steps").isEqualTo(1000L);
    }

    @Test
    void a_whole_new_run_shows_nothing_of_the_one_before() {
        JobResult result = result(
                told.requested(1),
                told.built(1, 1),
                told.trained(1, 1, null),
                told.failed(Stage.REGISTRY, 1, 1, FailureCause.USER, "shape"),
                told.requested(2));

        assertThat(result.run()).isEqualTo(2);
        assertThat(result.stages())
                .singleElement()
                .isEqualTo(new StageView("build", 2, 0, JobState.QUEUED, null, null));
        assertThat(result.training()).isNull();
    }

    @Test
    void a_failure_names_stage_cause_and_every_message() {
        JobResult result = result(
                told.requested(1), told.built(1, 1), told.failed(Stage.TRAIN, 1, 2, FailureCause.TIMEOUT, "a", "b"));

        assertThat(result.state()).isEqualTo(JobState.FAILED);
        assertThat(result.error()).isEqualTo(new ErrorView("train", "TIMEOUT", "a; b"));
        assertThat(result.artifacts()).isEqualTo("file:///artifacts/job-1/");
    }

    @Test
    void what_was_cancelled_before_its_first_attempt_has_not_started() {
        JobResult result = result(
                told.requested(1),
                told.cancelAsked(1),
                told.failed(Stage.BUILD, 1, 0, FailureCause.CANCELLED, "asked"));

        assertThat(result.state()).isEqualTo(JobState.CANCELLED);
        assertThat(result.stages()).singleElement().satisfies(stage -> {
            assertThat(stage.state()).isEqualTo(JobState.CANCELLED);
            assertThat(stage.startedAt()).isNull();
        });
    }

    @Test
    void it_is_being_cancelled_from_the_order_to_the_end() {
        JobResult result =
                result(told.requested(1), told.progress(Stage.BUILD, 1, 1, "building", null), told.cancelAsked(1));

        assertThat(result.state()).isEqualTo(JobState.CANCELLING);
    }

    @Test
    void a_request_that_was_rejected_is_no_run() {
        JobEvent request = told.requested(1);

        JobResult result = result(request, told.rejected(request));

        assertThat(result.state()).isEqualTo(JobState.REJECTED);
        assertThat(result.stages()).isEmpty();
        assertThat(result.error()).isNotNull().extracting("message").asString().contains("priority: is above 9");
    }

    @Test
    void a_rejected_request_does_not_touch_the_run_that_is_there() {
        JobEvent second = told.requested(2);

        JobResult result = result(told.requested(1), told.built(1, 1), second, told.rejected(second));

        assertThat(result.run()).isEqualTo(1);
        assertThat(result.state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void a_duplicate_changes_nothing() {
        var events = new ArrayList<>(success());
        JobResult before = view(events).result();
        events.add(told.requested(1));
        events.add(told.progress(Stage.BUILD, 1, 0, "duplicate", null));

        assertThat(view(events).result()).isEqualTo(before);
    }

    @Test
    void another_job_changes_nothing() {
        var view = new JobView("another");
        view.add(told.requested(1));

        assertThat(view.heardAt()).isNull();
        assertThat(view.run()).isZero();
    }
}
