package dev.unitymlops.webhook.message;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.ScheduleTick;
import dev.unitymlops.events.TickDecision;
import dev.unitymlops.events.WebhookMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Makes the message of an event, for those that name a webhook. The same event gives the same message again. */
public final class TellEvent {

    private TellEvent() {}

    /**
     * The message; empty when the event is none of those that are told, or names no webhook.
     *
     * <p>A job is accepted by its first stage to say so and started by its first attempt in any: each such event gives a
     * message, and all but the first of a run are dropped where they are queued.
     *
     * @param now when the event is read
     */
    public static Optional<WebhookMessage> of(SpecificRecord event, @Nullable String traceparent, Instant now) {
        return switch (event) {
            case JobProgress progress -> progress(progress, traceparent, now);
            case JobFailed failed -> failed(failed, traceparent, now);
            case ModelRegistered registered -> registered(registered, traceparent, now);
            case ScheduleTick tick -> skipped(tick, traceparent, now);
            default -> Optional.empty();
        };
    }

    private static Optional<WebhookMessage> progress(JobProgress event, @Nullable String traceparent, Instant now) {
        boolean accepted = event.getPhase().equals("accepted");
        if (event.getWebhookUrl() == null || !(accepted || event.getAttempt() > 0)) {
            return Optional.empty();
        }
        MessageType type = accepted ? MessageType.JOB_ACCEPTED : MessageType.JOB_STARTED;
        return Optional.of(ofJob(type, event.getJobId(), event.getRun(), event.getWebhookUrl())
                .setScheduleId(event.getScheduleId())
                .setBody(Body.of(type, event))
                .setTraceparent(traceparent)
                .setAt(now)
                .build());
    }

    private static Optional<WebhookMessage> failed(JobFailed event, @Nullable String traceparent, Instant now) {
        if (event.getWebhookUrl() == null) {
            return Optional.empty();
        }
        MessageType type =
                event.getCause() == FailureCause.CANCELLED ? MessageType.JOB_CANCELLED : MessageType.JOB_FAILED;
        return Optional.of(ofJob(type, event.getJobId(), event.getRun(), event.getWebhookUrl())
                .setScheduleId(event.getScheduleId())
                .setBody(Body.of(type, event))
                .setTraceparent(traceparent)
                .setAt(now)
                .build());
    }

    private static Optional<WebhookMessage> registered(
            ModelRegistered event, @Nullable String traceparent, Instant now) {
        String url = event.getJob().getWebhookUrl();
        if (url == null) {
            return Optional.empty();
        }
        return Optional.of(ofJob(MessageType.JOB_COMPLETED, event.getJobId(), event.getRun(), url)
                .setScheduleId(event.getJob().getScheduleId())
                .setBody(Body.of(MessageType.JOB_COMPLETED, event))
                .setTraceparent(traceparent)
                .setAt(now)
                .build());
    }

    private static Optional<WebhookMessage> skipped(ScheduleTick event, @Nullable String traceparent, Instant now) {
        if (event.getWebhookUrl() == null || event.getDecision() != TickDecision.SKIPPED) {
            return Optional.empty();
        }
        MessageType type = MessageType.TICK_SKIPPED;
        return Optional.of(WebhookMessage.newBuilder()
                .setWebhookId(id(type, event.getScheduleId(), event.getOrigin() + " " + event.getTickAt()))
                .setType(type.word())
                .setWebhookUrl(event.getWebhookUrl())
                .setScheduleId(event.getScheduleId())
                .setBody(Body.of(type, event))
                .setTraceparent(traceparent)
                .setAt(now)
                .build());
    }

    private static WebhookMessage.Builder ofJob(MessageType type, String jobId, int run, String url) {
        return WebhookMessage.newBuilder()
                .setWebhookId(id(type, jobId, Integer.toString(run)))
                .setType(type.word())
                .setWebhookUrl(url)
                .setJobId(jobId)
                .setRun(run);
    }

    /** Opaque and without a full stop, by which a signature's parts are joined. */
    private static String id(MessageType type, String of, String which) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((type.word() + "\n" + of + "\n" + which).getBytes(StandardCharsets.UTF_8));
            return "msg_" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
