package dev.unitymlops.webhook.message;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is posted: {@code {type, timestamp, data}}. The six fields that the original pipeline posted are in the
 * data of every type, null where there is nothing to say.
 */
final class Body {

    /** Of an error or reason, characters; the whole of it is in the event. */
    private static final int LONGEST_TEXT = 4_096;

    /** Of a list; the whole of it is in the event, so a message stays far below what a broker takes. */
    private static final int LONGEST_LIST = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode message = JSON.createObjectNode();
    private final ObjectNode data;

    private Body(MessageType type, Instant timestamp, @Nullable String scheduleId, @Nullable String jobId) {
        message.put("type", type.word());
        message.put("timestamp", timestamp.toString());
        data = message.putObject("data");
        data.put("schedule_id", scheduleId);
        data.put("job_id", jobId);
        data.put("status", type.status());
        data.putNull("trained_model_path");
        data.putNull("vertex_model_resource");
        data.putNull("error");
    }

    static String of(MessageType type, JobProgress event) {
        return new Body(type, event.getAt(), event.getScheduleId(), event.getJobId())
                .run(event.getStage(), event.getRun(), event.getAttempt())
                .text();
    }

    static String of(MessageType type, JobFailed event) {
        Body body = new Body(type, event.getFailedAt(), event.getScheduleId(), event.getJobId())
                .run(event.getStage(), event.getRun(), event.getAttempt());
        body.data.put("error", cut(String.join("\n", event.getMessages())));
        body.data.put("cause", event.getCause().name().toLowerCase(Locale.ROOT));
        body.list(
                "produced",
                event.getProduced().stream().map(ArtifactFile::getUri).toList());
        body.data.put("asset_id", event.getAssetId());
        body.data.put("dry_run", event.getDryRun());
        body.data.put("artifacts", event.getArtifacts());
        return body.text();
    }

    static String of(MessageType type, ModelRegistered event) {
        Body body = new Body(type, event.getCompletedAt(), event.getJob().getScheduleId(), event.getJobId())
                .run(Stage.REGISTRY, event.getRun(), event.getAttempt());
        List<RegisteredModel> models = event.getModels();
        body.data.put("trained_model_path", trainedModel(event));
        body.data.put("vertex_model_resource", event.getVertexModelResource());
        body.data.put("version", models.isEmpty() ? null : models.getFirst().getVersion());
        body.models(models);
        body.metrics(event.getTraining().getMetrics());
        body.data.put("asset_id", event.getJob().getAssetSpec().getAssetId());
        body.data.put("dry_run", event.getDryRun());
        body.data.put("artifacts", event.getArtifacts());
        body.data.put("reason", cut(event.getReason()));
        return body.text();
    }

    static String of(MessageType type, ScheduleTick event) {
        Body body = new Body(type, event.getDecidedAt(), event.getScheduleId(), null);
        body.data.put("tick_at", event.getTickAt().toString());
        body.data.put("policy", event.getPolicy());
        body.data.put("reason", cut(event.getReason()));
        body.list("running_job_ids", event.getRunningJobIds());
        body.data.put("late_millis", event.getLateMillis());
        Instant next = event.getNextTickAt();
        body.data.put("next_tick_at", next == null ? null : next.toString());
        return body.text();
    }

    private static @Nullable String trainedModel(ModelRegistered event) {
        var trained = event.getTraining().getModels();
        return trained.isEmpty() ? null : trained.getFirst().getFile().getUri();
    }

    private Body run(Stage stage, int run, int attempt) {
        data.put("stage", stage.name().toLowerCase(Locale.ROOT));
        data.put("run", run);
        data.put("attempt", attempt);
        return this;
    }

    private void models(List<RegisteredModel> models) {
        var array = data.putArray("models");
        data.put("models_count", models.size());
        for (RegisteredModel model : models.subList(0, Math.min(models.size(), LONGEST_LIST))) {
            array.addObject()
                    .put("behavior", model.getBehavior())
                    .put("name", model.getName())
                    .put("version", model.getVersion())
                    .put("resource_name", model.getResourceName())
                    .put("uri", model.getUri())
                    .put("sha256", model.getSha256());
        }
    }

    private void list(String name, List<String> values) {
        values.stream().limit(LONGEST_LIST).forEach(data.putArray(name)::add);
        data.put(name + "_count", values.size());
    }

    private void metrics(@Nullable TrainingMetrics metrics) {
        if (metrics == null) {
            data.putNull("metrics");
            return;
        }
        data.putObject("metrics")
                .put("steps", metrics.getSteps())
                .put("mean_reward", metrics.getMeanReward())
                .put("reward_std", metrics.getRewardStd())
                .put("episodes", metrics.getEpisodes());
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private String text() {
        return message.toString();
    }
}
