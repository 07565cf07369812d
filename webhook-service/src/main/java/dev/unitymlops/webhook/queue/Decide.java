package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.webhook.message.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides about the messages of one job or schedule. Pure: the same arguments give the same answer. */
final class Decide {

    private static final int GONE = 410;

    /** Of the statuses from 400 to 499 those that may be others next time. */
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

    /** Of one job or schedule. All that wait are one record of the changelog, and a broker takes 1 MiB at most. */
    static final int MOST_WAITING = 256;

    /** Bytes of their bodies and URLs; what else a message holds is below 1 KiB. */
    static final int MOST_WAITING_BYTES = 512 * 1024;

    private Decide() {}

    /**
     * A message is queued, unless it is a second of its kind in a run, or the run's end is told already. Where too much
     * waits it is given up at once.
     *
     * @param offset of the message in its partition of the commands
     * @param to where the message goes
     * @param now milliseconds since the epoch
     */
    static Decision message(Told before, WebhookMessage message, long offset, Outbox.Address to, long now) {
        boolean replayed = message.getRedelivery() > 0;
        if (before.waits(message.getWebhookId()) || (repeated(before, message) && !replayed)) {
            return Decision.nothing(before);
        }
        if (before.waiting().size() >= MOST_WAITING || before.bytesWith(message) > MOST_WAITING_BYTES) {
            return tooMuch(before, new Waiting(message, 0, now, offset), to, now);
        }
        return new Decision(before.and(message, offset, now), List.of());
    }

    /** Only the end of an older run is news, since it may come on its topic after the next run is told. */
    private static boolean repeated(Told before, WebhookMessage message) {
        Integer run = message.getRun();
        if (run == null || run > before.run()) {
            return false;
        }
        return run < before.run()
                ? !MessageType.endsRun(message.getType())
                : before.types().contains(message.getType()) || before.over(message);
    }

    private static Decision tooMuch(Told before, Waiting message, Outbox.Address to, long now) {
        WebhookOutcome outcome = WebhookOutcome.newBuilder()
                .setWebhookId(message.id())
                .setAttempt(1)
                .setEndpoint(to.endpoint())
                .setTarget(to.target())
                .setAnswer(WebhookAnswer.REFUSED_HERE)
                .setReason("not sent: too many messages of the job or schedule wait, or too large ones (at most "
                        + MOST_WAITING + ", " + MOST_WAITING_BYTES / 1024 + " KiB)")
                .setTookMs(0)
                .setAt(Instant.ofEpochMilli(now))
                .build();
        return new Decision(before.knowing(message.message(), now), givenUp(message, outcome, DeliveryOutcome.GAVE_UP));
    }

    /** The first message is delivered, waits for its next attempt, or is given up; any other outcome is of yesterday. */
    static Decision outcome(Told before, WebhookOutcome outcome, long now) {
        if (!before.awaits(outcome.getWebhookId(), outcome.getAttempt())) {
            return Decision.nothing(before);
        }
        Waiting first = before.waiting().getFirst();
        return switch (verdict(outcome)) {
            case DELIVERED ->
                new Decision(before.withoutFirst(now), List.of(told(first, outcome, DeliveryOutcome.DELIVERED, 0)));
            case RETRYING -> again(before, first, outcome, now);
            case ENDPOINT_DISABLED, GAVE_UP, UNKNOWN ->
                new Decision(before.withoutFirst(now), givenUp(first, outcome, verdict(outcome)));
        };
    }

    private static DeliveryOutcome verdict(WebhookOutcome outcome) {
        return switch (outcome.getAnswer()) {
            case STATUS -> verdict(outcome.getStatus() == null ? 0 : outcome.getStatus(), outcome.getAttempt());
            case NO_ANSWER -> retryingUnlessLast(outcome.getAttempt());
            case DISABLED -> DeliveryOutcome.ENDPOINT_DISABLED;
            case REFUSED_HERE, UNKNOWN -> DeliveryOutcome.GAVE_UP;
        };
    }

    private static DeliveryOutcome verdict(int status, int attempt) {
        if (status >= 200 && status < 300) {
            return DeliveryOutcome.DELIVERED;
        }
        if (status == GONE) {
            return DeliveryOutcome.ENDPOINT_DISABLED;
        }
        boolean permanent = status >= 400 && status < 500 && !PASSING.contains(status);
        return permanent ? DeliveryOutcome.GAVE_UP : retryingUnlessLast(attempt);
    }

    private static DeliveryOutcome retryingUnlessLast(int attempt) {
        return attempt < RetryTimes.ATTEMPTS ? DeliveryOutcome.RETRYING : DeliveryOutcome.GAVE_UP;
    }

    private static Decision again(Told before, Waiting first, WebhookOutcome outcome, long now) {
        Long asked = outcome.getRetryAfterMs();
        long at = now + RetryTimes.millis(first.id(), outcome.getAttempt(), asked == null ? 0 : asked);
        return new Decision(before.firstAgain(at, now), List.of(told(first, outcome, DeliveryOutcome.RETRYING, at)));
    }

    private static List<Output> givenUp(Waiting first, WebhookOutcome outcome, DeliveryOutcome verdict) {
        List<Output> outputs = new ArrayList<>();
        outputs.add(told(first, outcome, verdict, 0));
        WebhookMessage again = WebhookMessage.newBuilder(first.message())
                .setRedelivery(first.message().getRedelivery() + 1)
                .build();
        outputs.add(new Output.GivenUp(again, first.offset(), reason(outcome)));
        boolean gone = outcome.getStatus() != null && outcome.getStatus() == GONE;
        if (gone) {
            outputs.add(new Output.Switched(
                    new WebhookSwitch(outcome.getTarget(), true, "it answered 410 Gone", outcome.getAt())));
        }
        return outputs;
    }

    private static String reason(WebhookOutcome outcome) {
        return outcome.getReason().isEmpty() ? "HTTP status " + outcome.getStatus() : outcome.getReason();
    }

    /** @param dueAt when the next attempt is due, milliseconds since the epoch; 0: there is none */
    private static Output told(Waiting first, WebhookOutcome outcome, DeliveryOutcome verdict, long dueAt) {
        WebhookMessage message = first.message();
        return new Output.Attempted(
                WebhookDelivery.newBuilder()
                        .setWebhookId(message.getWebhookId())
                        .setEndpoint(outcome.getEndpoint())
                        .setType(message.getType())
                        .setJobId(message.getJobId())
                        .setRun(message.getRun())
                        .setScheduleId(message.getScheduleId())
                        .setAttempt(outcome.getAttempt())
                        .setOutcome(verdict)
                        .setStatus(outcome.getStatus())
                        .setReason(verdict == DeliveryOutcome.DELIVERED ? "" : reason(outcome))
                        .setDurationMillis(outcome.getTookMs())
                        .setNextAttemptAt(dueAt == 0 ? null : Instant.ofEpochMilli(dueAt))
                        .setAt(outcome.getAt())
                        .build(),
                message.getTraceparent());
    }
}
