package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:15:30.123Z");
    private static final TraceParent TRACE = TraceParent.begin(new Random(1));

    private final RecordHeaders headers = new RecordHeaders();

    private static EventHeaders attempt(int number) {
        return EventHeaders.ofAttempt("build-completed", "build-service", "job-7", 1, number, "", TIME, TRACE);
    }

    @Test
    void theCloudEventsSdkReadsThem() {
        byte[] value = {0, 0, 0, 0, 1, 42};
        attempt(2).writeTo(headers);

        CloudEvent event;
        try (var deserializer = new CloudEventDeserializer()) {
            event = deserializer.deserialize("build-completed", headers, value);
        }

        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo("build-completed/job-7/1/2");
        assertThat(event.getType()).isEqualTo("dev.unitymlops.build-completed");
        assertThat(event.getSource()).isEqualTo(URI.create("/build-service"));
        assertThat(event.getSubject()).isEqualTo("job-7");
        assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(TIME);
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
        assertThat(event.getDataSchema()).isNull();
        assertThat(Objects.requireNonNull(event.getData()).toBytes()).isEqualTo(value);
    }

    @Test
    void aRepeatedWriteKeepsTheIdAndAnotherAttemptHasItsOwn() {
        assertThat(attempt(1).id())
                .isEqualTo(attempt(1).id())
                .isNotEqualTo(attempt(2).id());
    }

    @Test
    void aForwardedRecordHasTheNewHeadersOnly() {
        attempt(1).writeTo(headers);
        headers.add("custom", new byte[] {1});
        attempt(2).writeTo(headers);

        assertThat(headers.headers("ce_id")).hasSize(1);
        assertThat(EventHeaders.id(headers)).contains("build-completed/job-7/1/2");
        assertThat(headers.lastHeader("custom")).isNotNull();
    }

    @Test
    void timeAndTraceAreReadBack() {
        attempt(1).writeTo(headers);

        assertThat(EventHeaders.time(headers)).contains(TIME);
        assertThat(EventHeaders.traceparent(headers)).isEqualTo(TRACE.header());
    }

    @Test
    void aForeignRecordMayHaveNoneOrNonsense() {
        assertThat(EventHeaders.time(headers)).isEmpty();
        assertThat(EventHeaders.traceparent(headers)).isNull();

        headers.add("ce_time", "yesterday".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(EventHeaders.time(headers)).isEmpty();
    }
}
