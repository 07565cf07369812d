package dev.unitymlops.webhook.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.TickOrigin;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.events.WebhookMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class TellEventTest {

    private static final Instant AT = Instant.parse("2026-11-21T03:41:00Z");
    private static final String URL = "https://example.com/hook";
    private static final List<String> ORIGINAL =
            List.of("schedule_id", "job_id", "status", "trained_model_path", "vertex_model_resource", "error");

    @Test
    void aCompletedJobTellsItsModelAndItsFigures() throws Exception {
        JsonNode data = data(registered(), "job.completed");
        assertThat(data.path("status").asText()).isEqualTo("succeeded");
        assertThat(data.path("trained_model_path").asText()).isEqualTo("file:///trained.onnx");
        assertThat(data.path("vertex_model_resource").asText()).isEqualTo("projects/p/locations/r/models/m");
        assertThat(data.path("error").isNull()).isTrue();
        assertThat(data.path("stage").asText()).isEqualTo("registry");
        assertThat(data.path("run").asInt()).isEqualTo(2);
        assertThat(data.path("attempt").asInt()).isEqualTo(1);
        assertThat(data.path("version").asInt()).isEqualTo(7);
        assertThat(data.path("metrics").path("mean_reward").asDouble()).isEqualTo(0.5);
        assertThat(data.path("models").path(0).path("sha256").asText()).isEqualTo("a".repeat(64));
    }

    @Test
    void aDryJobHasNoFigures() throws Exception {
        ModelRegistered dry = registered();
        dry.setDryRun(true);
        dry.setModels(List.of());
        dry.setVertexModelResource(null);
        dry.getTraining().setMetrics(null);
        dry.getTraining().setModels(List.of());
        JsonNode data = data(dry, "job.completed");
        assertThat(List.of("version", "metrics", "trained_model_path", "vertex_model_resource"))
                .allMatch(field -> data.path(field).isNull());
        assertThat(data.path("dry_run").asBoolean()).isTrue();
    }

    @Test
    void aFailedJobTellsWhyAndWhatThereIs() throws Exception {
        JsonNode data = data(failed(FailureCause.USER), "job.failed");
        assertThat(data.path("status").asText()).isEqualTo("failed");
        assertThat(data.path("error").asText()).isEqualTo("first\nsecond");
        assertThat(data.path("cause").asText()).isEqualTo("user");
        assertThat(data.path("stage").asText()).isEqualTo("train");
        assertThat(data.path("produced").path(0).asText()).isEqualTo("file:///half.onnx");
    }

    @Test
    void aCancelledJobIsNoFailure() throws Exception {
        assertThat(data(failed(FailureCause.CANCELLED), "job.cancelled")
                        .path("status")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void aSkippedTickTellsItsPolicy() throws Exception {
        JsonNode data = data(tick(TickDecision.SKIPPED), "schedule.tick_skipped");
        assertThat(data.path("schedule_id").asText()).isEqualTo("nightly");
        assertThat(data.path("job_id").isNull()).isTrue();
        assertThat(data.path("status").asText()).isEqualTo("skipped");
        assertThat(data.path("policy").asText()).isEqualTo("overlap=skip");
        assertThat(data.path("running_job_ids").path(0).asText()).isEqualTo("nightly-1");
        assertThat(tell(tick(TickDecision.FIRED))).as("its jobs tell").isEmpty();
    }

    @Test
    void aLongListIsCutAndCounted() throws Exception {
        ScheduleTick tick = tick(TickDecision.SKIPPED);
        tick.setRunningJobIds(
                IntStream.range(0, 40_000).mapToObj(i -> "nightly-" + i).toList());
        JsonNode data = data(tick, "schedule.tick_skipped");
        assertThat(data.path("running_job_ids")).hasSize(50);
        assertThat(data.path("running_job_ids_count").asInt()).isEqualTo(40_000);
    }

    @Test
    void progressTellsOfAcceptanceAndOfAttempts() {
        assertThat(tell(progress("accepted", 0)).orElseThrow().getType()).isEqualTo("job.accepted");
        assertThat(tell(progress("code generated", 1)).orElseThrow().getType()).isEqualTo("job.started");
        assertThat(tell(progress("duplicate", 0))).isEmpty();
    }

    @Test
    void whoNamesNoWebhookIsNotTold() {
        JobProgress progress = progress("accepted", 0);
        progress.setWebhookUrl(null);
        JobFailed failed = failed(FailureCause.USER);
        failed.setWebhookUrl(null);
        ModelRegistered registered = registered();
        registered.getJob().setWebhookUrl(null);
        ScheduleTick tick = tick(TickDecision.SKIPPED);
        tick.setWebhookUrl(null);
        assertThat(List.of(progress, failed, registered, tick))
                .allSatisfy(event -> assertThat(tell(event)).isEmpty());
    }

    @Test
    void theIdIsOfJobRunAndType() {
        String id = tell(failed(FailureCause.USER)).orElseThrow().getWebhookId();
        assertThat(id).matches("msg_[0-9a-f]{32}");
        JobFailed again = failed(FailureCause.TIMEOUT);
        assertThat(tell(again).orElseThrow().getWebhookId()).isEqualTo(id);
        again.setRun(3);
        assertThat(tell(again).orElseThrow().getWebhookId()).isNotEqualTo(id);
        assertThat(tell(failed(FailureCause.CANCELLED)).orElseThrow().getWebhookId())
                .isNotEqualTo(id);
        ScheduleTick tick = tick(TickDecision.SKIPPED);
        String tickId = tell(tick).orElseThrow().getWebhookId();
        tick.setTickAt(AT.plusSeconds(60));
        assertThat(tell(tick).orElseThrow().getWebhookId()).isNotEqualTo(tickId);
    }

    private static Optional<WebhookMessage> tell(SpecificRecord event) {
        return TellEvent.of(event, null, AT);
    }

    private static JsonNode data(SpecificRecord event, String type) throws Exception {
        WebhookMessage message = tell(event).orElseThrow();
        assertThat(message.getType()).isEqualTo(type);
        assertThat(message.getWebhookUrl()).isEqualTo(URL);
        JsonNode json = new ObjectMapper().readTree(message.getBody());
        assertThat(json.path("type").asText()).isEqualTo(type);
        assertThat(Instant.parse(json.path("timestamp").asText())).isEqualTo(AT);
        assertThat(ORIGINAL).allMatch(field -> json.path("data").has(field));
        return json.path("data");
    }

    private static JobProgress progress(String phase, int attempt) {
        return JobProgress.newBuilder()
                .setJobId("job")
                .setRun(2)
                .setStage(Stage.BUILD)
                .setAttempt(attempt)
                .setPhase(phase)
                .setWebhookUrl(URL)
                .setAt(AT)
                .build();
    }

    private static JobFailed failed(FailureCause cause) {
        return JobFailed.newBuilder()
                .setJobId("job")
                .setRun(2)
                .setStage(Stage.TRAIN)
                .setAttempt(3)
                .setContentHash("c".repeat(64))
                .setDryRun(false)
                .setCause(cause)
                .setMessages(List.of("first", "second"))
                .setProduced(List.of(file("file:///half.onnx")))
                .setWebhookUrl(URL)
                .setFailedAt(AT)
                .build();
    }

    private static ScheduleTick tick(TickDecision decision) {
        return ScheduleTick.newBuilder()
                .setScheduleId("nightly")
                .setDefinitionVersion(1)
                .setOrigin(TickOrigin.UNKNOWN)
                .setTickAt(AT)
                .setDecision(decision)
                .setPolicy("overlap=skip")
                .setReason("a job still runs")
                .setRunningJobIds(List.of("nightly-1"))
                .setLateMillis(12)
                .setWebhookUrl(URL)
                .setDecidedAt(AT)
                .build();
    }

    private static ModelRegistered registered() {
        return ModelRegistered.newBuilder()
                .setJobId("job")
                .setRun(2)
                .setAttempt(1)
                .setContentHash("c".repeat(64))
                .setDryRun(false)
                .setStartedAt(AT.minusSeconds(1))
                .setCompletedAt(AT)
                .setArtifacts("artifacts/job")
                .setJob(TrainingJob.newBuilder()
                        .setJobId("job")
                        .setAssetSpec(AssetSpec.newBuilder()
                                .setAssetId("crawler")
                                .setName("Crawler")
                                .setObservationSpace("{}")
                                .setActionSpace("{}")
                                .build())
                        .setRlConfig(RlConfig.newBuilder().build())
                        .setWebhookUrl(URL)
                        .build())
                .setBuild(BuildFacts.newBuilder()
                        .setRun(2)
                        .setAttempt(1)
                        .setArtifacts("b")
                        .setBehaviourOrigin("template")
                        .build())
                .setTraining(TrainingFacts.newBuilder()
                        .setRun(2)
                        .setAttempt(1)
                        .setArtifacts("t")
                        .setSeed(42)
                        .setModels(List.of(new ModelFile("Crawler", file("file:///trained.onnx"), 1_000L, null)))
                        .setMetrics(TrainingMetrics.newBuilder()
                                .setSteps(1_000)
                                .setMeanReward(0.5)
                                .build())
                        .build())
                .setModels(List.of(RegisteredModel.newBuilder()
                        .setBehavior("Crawler")
                        .setName("crawler/Crawler")
                        .setVersion(7)
                        .setResourceName("crawler/Crawler@7")
                        .setUri("file:///model.onnx")
                        .setSha256("a".repeat(64))
                        .build()))
                .setRegistry("vertex")
                .setVertexModelResource("projects/p/locations/r/models/m")
                .build();
    }

    private static ArtifactFile file(String uri) {
        return ArtifactFile.newBuilder()
                .setUri(uri)
                .setSha256("a".repeat(64))
                .setSizeBytes(1)
                .build();
    }
}
