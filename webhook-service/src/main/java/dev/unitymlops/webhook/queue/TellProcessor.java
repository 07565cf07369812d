package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookAction;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookControl;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.runtime.streams.WithoutEffect;
import dev.unitymlops.webhook.message.TellEvent;
import java.time.Clock;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns events with a webhook into messages, under the key whose order counts. Runs on its task's thread. */
final class TellProcessor extends ContextualProcessor<String, SpecificRecord, String, WebhookCommand> {

    private final Clock clock;
    private final PollBatch batch;

    TellProcessor(Clock clock, PollBatch batch) {
        this.clock = clock;
        this.batch = batch;
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        boolean told = true;
        try {
            told = tell(record);
        } finally {
            // the message, and every outcome that is behind it in its partition, is read only then
            if (batch.decided(told)) {
                context().commit();
            }
        }
    }

    private boolean tell(Record<String, SpecificRecord> record) {
        Optional<WebhookCommand> command = command(record);
        command.ifPresent(
                it -> context().forward(new Record<>(key(it), it, context().currentSystemTimeMs())));
        return command.isPresent();
    }

    private Optional<WebhookCommand> command(Record<String, SpecificRecord> record) {
        try {
            return record.value() instanceof WebhookControl control
                    ? control(control)
                    : TellEvent.of(record.value(), EventHeaders.traceparent(record.headers()), clock.instant())
                            .map(WebhookCommand::new);
        } catch (RuntimeException e) {
            throw new WithoutEffect(e);
        }
    }

    private static Optional<WebhookCommand> control(WebhookControl control) {
        return control.getAction() == WebhookAction.ENABLE
                ? Optional.of(new WebhookCommand(new WebhookSwitch(
                        control.getWebhookUrl(), false, control.getRequestedBy(), control.getRequestedAt())))
                : Optional.empty();
    }

    /** None for what goes to every partition. */
    private static @Nullable String key(WebhookCommand command) {
        if (command.getBody() instanceof WebhookMessage message) {
            return message.getJobId() != null ? message.getJobId() : message.getScheduleId();
        }
        return null;
    }
}
