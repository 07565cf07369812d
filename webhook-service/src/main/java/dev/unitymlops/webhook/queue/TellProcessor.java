package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.WebhookAction;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookControl;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookSwitch;
import dev.unitymlops.runtime.EventHeaders;
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

    TellProcessor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        command(record).ifPresent(command -> {
            context().forward(new Record<>(key(command), command, context().currentSystemTimeMs()));
            // the message, and every outcome that is behind it in its partition, is read only then
            context().commit();
        });
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
