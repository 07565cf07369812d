package dev.unitymlops.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    private final Told told = new Told(false);

    @Test
    void events_are_lines_whose_columns_stand_below_each_other() {
        JobEvent request = told.requested(1);
        assertThat(List.of(
                                request,
                                told.accepted(Stage.BUILD, 1),
                                told.built(1, 1),
                                told.trained(1, 2, null),
                                told.registered(1, 1),
                                told.failed(Stage.TRAIN, 1, 3, FailureCause.LOST_WORKER, "silent"),
                                told.failed(Stage.BUILD, 1, 0, FailureCause.CANCELLED, "asked for"),
                                told.cancelAsked(1),
                                told.rejected(request))
                        .stream()
                        .map(EventText::of))
                .containsExactly(
                        "job       requested, run 1",
                        "build     accepted",
                        "build     succeeded after 1.0 s",
                        "train     succeeded in attempt 2 after 1.0 s",
                        "registry  succeeded after 1.0 s",
                        "train     failed in attempt 3 (LOST_WORKER): silent",
                        "build     cancelled: asked for",
                        "job       asked to cancel run 1",
                        "build     rejected: priority is above 9 (Give 0 to 9.)");
    }

    @Test
    void progress_has_a_bar_and_figures_as_far_as_they_are_known() {
        JobProgress progress =
                (JobProgress) told.progress(Stage.TRAIN, 1, 1, "training", 250L).value();
        assertThat(ProgressText.of(progress)).isEqualTo("train     [#####---------------]  250/1,000  reward 0.500");

        progress.setStepsPerSecond(1234.4);
        progress.setEtaSeconds(95L);
        assertThat(ProgressText.of(progress)).endsWith("reward 0.500  1,234 steps/s  ETA 1:35");

        progress.setStep(2_500_000L);
        progress.setMaxStep(10_000_000L);
        assertThat(ProgressText.of(progress))
                .isEqualTo("train     [#---]  2,500,000/10,000,000  reward 0.500  1,234 steps/s  ETA 1:35")
                .hasSize(Display.WIDTH);

        progress.setStep(250L);
        progress.setMaxStep(null);
        progress.setMeanReward(null);
        assertThat(ProgressText.of(progress)).isEqualTo("train     250 steps  1,234 steps/s  ETA 1:35");
    }

    @Test
    void a_result_is_a_table_with_the_trained_reward_beside_a_random_policys() {
        var view = new JobView(Told.JOB);
        List.of(told.requested(1), told.built(1, 1), told.trained(1, 1, null), told.registered(1, 1))
                .forEach(view::add);

        assertThat(ResultText.of(view.result().besideRandom(-0.4723))).isEqualTo("""
                        Job job-1, run 1: succeeded

                        STAGE     RUN  ATTEMPT  STATE      TOOK
                        build     1    1        succeeded  1.0 s
                        train     1    1        succeeded  1.0 s
                        registry  1    1        succeeded  1.0 s

                        training   1,000 steps, 20 episodes, mean reward 1.500
                                   a random policy in the same world: -0.472
                        model      asset-1/Agent version 3 (behaviour Agent)
                                   file:///a/Agent.onnx
                                   sha256 %s
                        artifacts  file:///artifacts/job-1/""".formatted("0".repeat(64)));
    }

    @Test
    void durations_are_told_in_the_unit_that_fits() {
        assertThat(List.of(Duration.ofMillis(40), Duration.ofSeconds(61), Duration.ofSeconds(3723)).stream()
                        .map(Words::took))
                .containsExactly("0.0 s", "1:01 min", "1:02:03 h");
    }
}
