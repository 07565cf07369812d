package dev.unitymlops.stage.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ControlAction;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.JobControl;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.Requirements;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.stage.Requests;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.intake.Admission.Refusal;
import dev.unitymlops.stage.intake.Translate.Translated;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranslateTest {

    private static final RecordCoordinates AT = new RecordCoordinates("job-requested", 3, 41L);
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void anInputCarriesAllThatABadEndNeedsButNotTheJob() throws IOException {
        TrainingJob job = Requests.job("job-1", "");
        job.setPriority(7);
        job.setMaxAttempts(2);
        job.setRequires(Requirements.newBuilder().setBuild(List.of("unity-6")).build());
        job.setScheduleId("nightly");
        job.setWebhookUrl("endpoint:team");
        Translated.Accepted accepted =
                (Translated.Accepted) translate(Admission.ALL).input(requested(job, 1), AT, TRACE);
        assertThat(accepted.jobId()).isEqualTo("job-1");
        assertThat(accepted.command().getBody())
                .isEqualTo(new InputCommand(
                        1,
                        StageInput.newBuilder()
                                .setRecord(AT)
                                .setContentHash(ContentHash.of(job))
                                .setPriority(7)
                                .setRequires(List.of("unity-6"))
                                .setMaxAttempts(2)
                                .setDryRun(true)
                                .setAssetId("asset-1")
                                .setScheduleId("nightly")
                                .setWebhookUrl("endpoint:team")
                                .setRequestedBy("tests")
                                .setTraceparent(TRACE)
                                .build()));
    }

    @Test
    void nonsenseIsAnsweredWithEveryReasonAtOnce() throws IOException {
        TrainingJob job = Requests.job("job-1", "");
        job.setPriority(11);
        job.getRlConfig().setTimeScale(500);
        job.getAssetSpec().setObservationSpace("no JSON {");
        JobRejected answer = refused(translate(Admission.ALL).input(requested(job, 0), AT, null));
        assertThat(answer.getReason()).isEqualTo("invalid");
        assertThat(answer.getStage()).isEqualTo(Stage.BUILD);
        assertThat(answer.getRecord()).isEqualTo(AT);
        assertThat(answer.getRequestedBy()).isEqualTo("tests");
        assertThat(answer.getRejectedAt()).isEqualTo(NOW);
        assertThat(answer.getProblems())
                .extracting(Problem::getField)
                .contains("priority", "rl_config.time_scale", "asset_spec.observation_space", "run");
        assertThat(answer.getProblems())
                .allSatisfy(problem -> assertThat(problem.getRemedy()).isNotBlank());
    }

    @Test
    void whatTheStageItselfHasAgainstAJobIsItsAnswer() throws IOException {
        TrainingJob job = Requests.job("job-1", "");
        Problem problem = new Problem("job_id", "\"job-1\"", "its folder holds another job", "take a new id");
        Admission refuses = (asked, hash) -> Optional.of(Refusal.duplicate(problem, "another hash"));
        JobRejected answer = refused(translate(refuses).input(requested(job, 1), AT, null));
        assertThat(answer.getReason()).isEqualTo("duplicate");
        assertThat(answer.getProblems()).containsExactly(problem);
        assertThat(answer.getContentHash()).isEqualTo(ContentHash.of(job));
        assertThat(answer.getExistingContentHash()).isEqualTo("another hash");
    }

    @Test
    void aStoreThatCannotBeAskedIsNoAnswer() {
        Admission away = (asked, hash) -> {
            throw new IOException("no answer");
        };
        assertThatThrownBy(() -> translate(away).input(requested(Requests.job("job-1", ""), 1), AT, null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void controlsAreTheirCommands() {
        assertThat(control(ControlAction.CANCEL))
                .isInstanceOfSatisfying(
                        Translated.Accepted.class,
                        accepted ->
                                assertThat(accepted.command().getBody()).isEqualTo(new CancelCommand(2, "too slow")));
        assertThat(control(ControlAction.RETRY))
                .isInstanceOfSatisfying(
                        Translated.Accepted.class,
                        accepted -> assertThat(accepted.command().getBody()).isEqualTo(new RetryCommand(2, true)));
    }

    /** job-failed carries it beside other things: as large as a record may be, its end could never be told. */
    @Test
    void aReasonLongerThanAnEventHoldsIsRefused() {
        JobControl.Builder cancel =
                JobControl.newBuilder().setJobId("job").setRun(1).setAction(ControlAction.CANCEL);
        JobControl fits = cancel.setReason("r".repeat(Translate.LONGEST_REASON)).build();
        JobControl tooLong =
                cancel.setReason("r".repeat(Translate.LONGEST_REASON + 1)).build();
        assertThat(translate(Admission.ALL).control(fits, AT)).isInstanceOf(Translated.Accepted.class);
        assertThat(translate(Admission.ALL).control(tooLong, AT))
                .isInstanceOfSatisfying(
                        Translated.Refused.class,
                        refused -> assertThat(refused.answer().getProblems())
                                .singleElement()
                                .extracting(problem -> problem.getField())
                                .isEqualTo("reason"));
    }

    @Test
    void aControlOfANewerVersionIsRefused() {
        JobRejected answer = refused(control(ControlAction.UNKNOWN));
        assertThat(answer.getJobId()).isEqualTo("job-1");
        assertThat(answer.getProblems()).extracting(Problem::getField).containsExactly("action");
    }

    private static Translated control(ControlAction action) {
        return translate(Admission.ALL)
                .control(
                        JobControl.newBuilder()
                                .setJobId("job-1")
                                .setRun(2)
                                .setAction(action)
                                .setReason("too slow")
                                .setResume(true)
                                .build(),
                        AT);
    }

    private static JobRejected refused(Translated translated) {
        return ((Translated.Refused) translated).answer();
    }

    private static JobRequested requested(TrainingJob job, int run) {
        JobRequested event = Requests.of(job);
        event.setRun(run);
        event.setRequestedBy("tests");
        return event;
    }

    private static Translate<JobRequested> translate(Admission admission) {
        return new Translate<>(StageLine.BUILD, admission, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
