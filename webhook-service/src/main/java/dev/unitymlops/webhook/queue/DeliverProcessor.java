package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.runtime.streams.DueTimes;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.WithoutEffect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts {@link Decide} for one partition of the commands: state, outputs and offset commit in one transaction.
 *
 * <p>A message is handed to the outbox before the transaction commits, so that a rolled back one may be delivered twice,
 * under the same id. Runs on its Streams task's thread only. What it holds beside the stores is derived from them.
 */
final class DeliverProcessor implements Processor<String, WebhookCommand, String, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverProcessor.class);

    /** How often it is looked for what has become due; only retries wait on it. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** How often it is looked for what was given to the outbox and not heard of. */
    private static final Duration LOOK_FOR_UNHEARD = Duration.ofSeconds(30);

    private static final Duration FORGET = Duration.ofHours(1);

    private final Outbox outbox;
    private final Publish publish;
    private final PendingDeliveries pending;
    private final Clock clock;
    private final PollBatch batch;
    private final DueTimes due = new DueTimes();
    private final UnderWay underWay;

    private @Nullable Task task;

    DeliverProcessor(Outbox outbox, Publish publish, PendingDeliveries pending, Clock clock, PollBatch batch) {
        this.outbox = outbox;
        this.publish = publish;
        this.pending = pending;
        this.clock = clock;
        this.batch = batch;
        this.underWay = new UnderWay(outbox, pending);
    }

    /** What a task has once it is initialised. */
    private record Task(ProcessorContext<String, Object> context, Stored stored, int partition) {}

    @Override
    public void init(ProcessorContext<String, Object> context) {
        Task started = new Task(context, new Stored(context), context.taskId().partition());
        task = started;
        // A task that Streams revives after a failed transaction starts again with this same object.
        release(started);
        started.stored.each((key, told) -> remember(started, key, told));
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, ignored -> look(started));
        context.schedule(
                LOOK_FOR_UNHEARD,
                PunctuationType.WALL_CLOCK_TIME,
                ignored -> underWay.postUnheard(posted -> awaited(started, posted), context.currentSystemTimeMs()));
        context.schedule(FORGET, PunctuationType.WALL_CLOCK_TIME, ignored -> started.stored.forget(clock.millis()));
    }

    private void look(Task here) {
        boolean published = false;
        for (String key : due.over(clock.millis())) {
            published |= handOn(here, key);
        }
        if (published) {
            here.context.commit();
        }
    }

    @Override
    public void process(Record<String, WebhookCommand> record) {
        Task here = task();
        boolean published = true;
        try {
            published = decide(here, record);
            if (record.key() != null) {
                published |= handOn(here, record.key());
            }
        } finally {
            // others read what was published, and commands behind it in their partition, only then
            if (batch.decided(published)) {
                here.context.commit();
            }
        }
    }

    /** True when that wrote something which others read. */
    private boolean decide(Task here, Record<String, WebhookCommand> record) {
        long now = clock.millis();
        long offset = here.context.recordMetadata().orElseThrow().offset();
        return switch (body(record)) {
            case WebhookMessage message ->
                apply(
                        here,
                        record.key(),
                        decided(() -> Decide.message(
                                here.stored.told(record.key()),
                                message,
                                offset,
                                outbox.address(message.getWebhookUrl()),
                                now)));
            case WebhookOutcome outcome ->
                apply(here, record.key(), decided(() -> Decide.outcome(here.stored.told(record.key()), outcome, now)));
            case WebhookSwitch endpoint -> {
                here.stored.turn(endpoint);
                yield false;
            }
            default -> throw new WithoutEffect(new IllegalArgumentException("no known command"));
        };
    }

    private static Object body(Record<String, WebhookCommand> record) {
        WebhookCommand command = record.value();
        Object body = command == null ? null : command.getBody();
        if (body == null || (record.key() == null && !(body instanceof WebhookSwitch))) {
            throw new WithoutEffect(new IllegalArgumentException("a command without its key, or of a newer version"));
        }
        return body;
    }

    private static Decision decided(Supplier<Decision> decide) {
        try {
            return decide.get();
        } catch (RuntimeException e) {
            throw new WithoutEffect(e);
        }
    }

    private boolean apply(Task here, String key, Decision decision) {
        if (!decision.next().equals(here.stored.told(key))) {
            here.stored.keep(key, decision.next());
            remember(here, key, decision.next());
        }
        for (Output output : decision.outputs()) {
            switch (output) {
                case Output.Attempted attempted -> ended(attempted.event());
                // at once here; every partition hears of it when this is committed
                case Output.Switched switched -> here.stored.turn(switched.endpoint());
                case Output.GivenUp ignored -> {}
            }
            publish.output(here.context, here.partition, key, output);
        }
        return !decision.outputs().isEmpty();
    }

    private void ended(WebhookDelivery attempt) {
        pending.ended(attempt.getOutcome());
        if (attempt.getOutcome() != DeliveryOutcome.DELIVERED && attempt.getOutcome() != DeliveryOutcome.RETRYING) {
            LOG.warn(
                    "A message is given up webhookId={} type={} endpoint={} attempt={} outcome={} status={}",
                    attempt.getWebhookId(),
                    attempt.getType(),
                    attempt.getEndpoint(),
                    attempt.getAttempt(),
                    attempt.getOutcome(),
                    attempt.getStatus());
        }
    }

    /**
     * Gives the first message to the outbox when its time has come; a disabled endpoint's is given up at once, which
     * others read: then true.
     */
    private boolean handOn(Task here, String key) {
        boolean published = false;
        for (Told told = here.stored.told(key); !told.waiting().isEmpty(); told = here.stored.told(key)) {
            Waiting first = told.waiting().getFirst();
            if (first.dueAt() > clock.millis()) {
                return published;
            }
            Outbox.Address address = outbox.address(first.message().getWebhookUrl());
            WebhookSwitch disabled = here.stored.disabled(address.target());
            if (disabled == null) {
                due.remove(key);
                underWay.post(
                        new Outbox.Due(here.partition, key, first.message(), first.attempts() + 1),
                        here.context.currentSystemTimeMs());
                return published;
            }
            published |= apply(here, key, Decide.outcome(told, notSent(first, address, disabled), clock.millis()));
        }
        return published;
    }

    private static boolean awaited(Task here, Outbox.Due posted) {
        return here.stored.told(posted.key()).awaits(posted.message().getWebhookId(), posted.attempt());
    }

    private WebhookOutcome notSent(Waiting first, Outbox.Address address, WebhookSwitch disabled) {
        Instant since = disabled.getAt();
        return WebhookOutcome.newBuilder()
                .setWebhookId(first.id())
                .setAttempt(first.attempts() + 1)
                .setEndpoint(address.endpoint())
                .setTarget(address.target())
                .setAnswer(WebhookAnswer.DISABLED)
                .setReason("the endpoint is disabled since " + since + ": " + disabled.getReason())
                .setTookMs(0)
                .setAt(clock.instant())
                .build();
    }

    private void remember(Task here, String key, Told told) {
        due.remove(key);
        if (!told.waiting().isEmpty()) {
            due.put(key, told.waiting().getFirst().dueAt());
        } else {
            underWay.remove(key);
        }
        pending.waits(here.partition, key, told);
    }

    private void release(Task here) {
        due.clear();
        underWay.clear();
        pending.forget(here.partition);
        outbox.forget(here.partition);
    }

    @Override
    public void close() {
        if (task != null) {
            release(task);
        }
    }

    private Task task() {
        if (task == null) {
            throw new IllegalStateException("the task has not been initialised");
        }
        return task;
    }
}
