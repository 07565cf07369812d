package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.unitymlops.events.RunningJob;
import dev.unitymlops.events.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Confluent's own deserializer and a registry that answers what the test wants. */
class EventDecoderTest {
    private static final RunningJob JOB = RunningJob.newBuilder()
            .setJobId("job-7")
            .setRun(1)
            .setAttempt(2)
            .setSince(Instant.ofEpochMilli(0))
            .build();

    private HttpServer registry;
    private volatile int status = 200;

    @BeforeEach
    void startRegistry() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            String schema =
                    RunningJob.getClassSchema().toString().replace("\\", "\\\\").replace("\"", "\\\"");
            String good = "{\"id\":1,\"schema\":\"" + schema + "\"}";
            String bad = "{\"error_code\":" + status + "01,\"message\":\"refused\"}";
            byte[] body = (status == 200 ? good : bad).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.stop(0);
    }

    private KafkaClients clients() {
        return new KafkaClients(new KafkaSettings(
                "127.0.0.1:1",
                "http://127.0.0.1:" + registry.getAddress().getPort(),
                Map.of(),
                Map.of("max.retries", "0"),
                Duration.ofSeconds(1)));
    }

    private EventDecoder<RunningJob> decoder() {
        return new EventDecoder<>(clients().deserializer(), RunningJob.class);
    }

    private byte[] encoded() {
        try (var serializer = clients().<RunningJob>serializer()) {
            return serializer.serialize("jobs", JOB);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>("jobs", 0, 0, new byte[0], value);
    }

    @Test
    void decodesWhatConfluentsSerializerWrote() {
        assertThat(decoder().decode(record(encoded()))).isEqualTo(new EventDecoder.Decoded.Event<>(JOB));
    }

    @Test
    void garbageIsUnreadable() {
        byte[] magicOnly = {0, 0, 0, 0, 1};
        byte[] cut = java.util.Arrays.copyOf(encoded(), 8);
        byte[] negativeLength = {0, 0, 0, 0, 1, 1};

        for (byte[] garbage :
                new byte[][] {"{}".getBytes(StandardCharsets.UTF_8), {}, magicOnly, cut, negativeLength}) {
            assertThat(decoder().decode(record(garbage))).isInstanceOf(EventDecoder.Decoded.Unreadable.class);
        }
    }

    @Test
    void anEventOfAnotherTypeIsUnreadable() {
        var decoder = new EventDecoder<>(clients().deserializer(), Timeouts.class);

        assertThat(decoder.decode(record(encoded())))
                .isInstanceOfSatisfying(
                        EventDecoder.Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).hasMessageContaining(RunningJob.class.getName()));
    }

    @Test
    void aSchemaThatTheRegistryDoesNotKnowIsUnreadable() {
        byte[] bytes = encoded();
        status = 404;

        assertThat(decoder().decode(record(bytes))).isInstanceOf(EventDecoder.Decoded.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 504})
    void aRegistryThatRefusesOrFailsIsDown(int answer) {
        byte[] bytes = encoded();
        status = answer;

        assertThat(decoder().decode(record(bytes))).isInstanceOf(EventDecoder.Decoded.RegistryDown.class);
    }

    @Test
    void aRegistryThatIsNotThereIsDown() {
        byte[] bytes = encoded();
        var decoder = decoder();
        registry.stop(0);

        assertThat(decoder.decode(record(bytes))).isInstanceOf(EventDecoder.Decoded.RegistryDown.class);
    }
}
