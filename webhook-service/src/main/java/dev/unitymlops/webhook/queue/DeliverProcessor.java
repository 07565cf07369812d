package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;
import dev.unitymlops.events.WebhookState;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.runtime.streams.DueTimes;
import dev.unitymlops.runtime.streams.WithoutEffect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
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
    private static final Duration LOOK_FOR_UNHEARD = Duration.ofMinutes(1);

    /** So long after it was given to the outbox; one that is still under way is not sent twice. */
    private static final Duration UNHEARD = Duration.ofMinutes(5);

    private static final Duration FORGET = Duration.ofHours(1);

    /** Nothing more of a run comes so long after its end. */
    private static final Duration ENDED_KEPT = Duration.ofDays(1);

    /** Nor of one without an end that has been silent so long: what would be told is no longer on its topics. */
    private static final Duration SILENT_KEPT = Duration.ofDays(31);

    private final Outbox outbox;
    private final Publish publish;
    private final PendingDeliveries pending;
    private final Clock clock;
    private final DueTimes due = new DueTimes();

    /** What the outbox has been given, by key, so that it is given once. */
    private final Map<String, Given> underWay = new HashMap<>();

    private @Nullable Task task;

    DeliverProcessor(Outbox outbox, Publish publish, PendingDeliveries pending, Clock clock) {
        this.outbox = outbox;
        this.publish = publish;
        this.pending = pending;
        this.clock = clock;
    }

    /** @param at by the machine's clock, milliseconds since the epoch: it is a process's delay that is measured */
    private record Given(Outbox.Due due, long at) {}

    /** What a task has once it is initialised. */
    private record Task(
            ProcessorContext<String, Object> context,
            KeyValueStore<String, WebhookState> told,
            KeyValueStore<String, WebhookSwitch> disabled,
            int partition) {}

    @Override
    public void init(ProcessorContext<String, Object> context) {
        Task started = new Task(
                context,
                context.getStateStore(WebhookTopology.TOLD),
                context.getStateStore(WebhookTopology.DISABLED),
                context.taskId().partition());
        task = started;
        // A task that Streams revives after a failed transaction starts again with this same object.
        release(started);
        try (KeyValueIterator<String, WebhookState> all = started.told.all()) {
            all.forEachRemaining(entry -> remember(started, entry.key, Told.read(entry.value)));
        }
        context.schedule(
                LOOK,
                PunctuationType.WALL_CLOCK_TIME,
                ignored -> due.over(clock.millis()).forEach(this::handOn));
        context.schedule(LOOK_FOR_UNHEARD, PunctuationType.WALL_CLOCK_TIME, ignored -> postUnheard(started));
        context.schedule(FORGET, PunctuationType.WALL_CLOCK_TIME, ignored -> forget());
    }

    @Override
    public void process(Record<String, WebhookCommand> record) {
        Task here = task();
        long now = clock.millis();
        long offset = here.context.recordMetadata().orElseThrow().offset();
        switch (body(record)) {
            case WebhookMessage message ->
                apply(
                        here,
                        record.key(),
                        decided(() -> Decide.message(
                                told(here, record.key()),
                                message,
                                offset,
                                outbox.address(message.getWebhookUrl()),
                                now)));
            case WebhookOutcome outcome ->
                apply(here, record.key(), decided(() -> Decide.outcome(told(here, record.key()), outcome, now)));
            case WebhookSwitch endpoint -> turn(here, endpoint);
            default -> throw new WithoutEffect(new IllegalArgumentException("no known command"));
        }
        if (record.key() != null) {
            handOn(record.key());
        }
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

    private void apply(Task here, String key, Decision decision) {
        Told before = told(here, key);
        if (!decision.next().equals(before)) {
            here.told.put(key, decision.next().record());
            remember(here, key, decision.next());
        }
        for (Output output : decision.outputs()) {
            switch (output) {
                case Output.Attempted attempted -> ended(attempted.event());
                // at once here; every partition hears of it when this is committed
                case Output.Switched switched -> turn(here, switched.endpoint());
                case Output.GivenUp ignored -> {}
            }
            publish.output(here.context, here.partition, key, output);
        }
        if (!decision.outputs().isEmpty()) {
            // others read them, and commands behind them in their partition, only then
            here.context.commit();
        }
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

    /** Gives the first message to the outbox when its time has come; a disabled endpoint's is given up at once. */
    private void handOn(String key) {
        Task here = task();
        for (Told told = told(here, key); !told.waiting().isEmpty(); told = told(here, key)) {
            Waiting first = told.waiting().getFirst();
            if (first.dueAt() > clock.millis()) {
                return;
            }
            Outbox.Address address = outbox.address(first.message().getWebhookUrl());
            WebhookSwitch disabled = here.disabled.get(address.target());
            if (disabled == null) {
                due.remove(key);
                post(here, key, new Outbox.Due(here.partition, key, first.message(), first.attempts() + 1));
                return;
            }
            apply(here, key, Decide.outcome(told, notSent(first, address, disabled), clock.millis()));
        }
    }

    private void post(Task here, String key, Outbox.Due next) {
        Given given = underWay.get(key);
        if (given == null || !given.due.equals(next)) {
            underWay.put(key, new Given(next, here.context.currentSystemTimeMs()));
            var unused = outbox.post(next);
        }
    }

    /** Its outcome could not be reported or read, or the sender failed: the job's other messages wait for it. */
    private void postUnheard(Task here) {
        long now = here.context.currentSystemTimeMs();
        underWay.replaceAll((key, given) -> {
            if (now - given.at < UNHEARD.toMillis() || !awaited(here, key, given.due)) {
                return given;
            }
            if (outbox.post(given.due)) {
                pending.unheard();
                LOG.warn(
                        "Nothing was heard of an attempt, it is made again webhookId={} attempt={}",
                        given.due.message().getWebhookId(),
                        given.due.attempt());
            }
            return new Given(given.due, now);
        });
    }

    /** Whether it is still this attempt that the key waits for. */
    private static boolean awaited(Task here, String key, Outbox.Due due) {
        List<Waiting> waiting = told(here, key).waiting();
        return !waiting.isEmpty()
                && waiting.getFirst().id().equals(due.message().getWebhookId())
                && waiting.getFirst().attempts() + 1 == due.attempt();
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

    private static void turn(Task here, WebhookSwitch endpoint) {
        if (endpoint.getDisabled()) {
            here.disabled.put(endpoint.getTarget(), endpoint);
            return;
        }
        List<String> enabled = new ArrayList<>();
        try (KeyValueIterator<String, WebhookSwitch> all = here.disabled.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.equals(endpoint.getTarget()) || entry.key.startsWith(endpoint.getTarget() + "#")) {
                    enabled.add(entry.key);
                }
            });
        }
        enabled.forEach(here.disabled::delete);
    }

    /** Drops what is kept only to know a repeated event again. */
    private void forget() {
        KeyValueStore<String, WebhookState> store = task().told;
        long now = clock.millis();
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, WebhookState> all = store.all()) {
            all.forEachRemaining(entry -> {
                Told told = Told.read(entry.value);
                Duration kept = told.ended() || told.types().isEmpty() ? ENDED_KEPT : SILENT_KEPT;
                if (told.waiting().isEmpty() && told.touchedAt() < now - kept.toMillis()) {
                    old.add(entry.key);
                }
            });
        }
        old.forEach(store::delete);
    }

    private static Told told(Task here, String key) {
        WebhookState stored = here.told.get(key);
        return stored == null ? Told.NOTHING : Told.read(stored);
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
