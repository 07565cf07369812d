package dev.unitymlops.system.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.JobRequested;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The headers that a producer in another language gives its request. */
final class ProducedHeaders {
    private ProducedHeaders() {}

    /** They are those of a CloudEvent of that source, and of a trace. */
    static void assertOf(ConsumerRecord<String, JobRequested> record, String source) {
        try (CloudEventDeserializer sdk = new CloudEventDeserializer()) {
            CloudEvent event = sdk.deserialize(record.topic(), record.headers(), new byte[0]);
            assertThat(event.getType()).isEqualTo("dev.unitymlops.job-requested");
            assertThat(event.getSource()).hasToString(source);
            assertThat(event.getSubject()).isEqualTo(record.key());
            assertThat(event.getTime().toInstant().truncatedTo(ChronoUnit.MILLIS))
                    .isEqualTo(record.value().getRequestedAt());
        }
        assertThat(record.headers().lastHeader("traceparent").value())
                .asString(StandardCharsets.UTF_8)
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }
}
