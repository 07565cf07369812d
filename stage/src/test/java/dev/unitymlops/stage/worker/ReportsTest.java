package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.WorkPhase;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private final Deque<RuntimeException> serializerFails = new ArrayDeque<>();
    private final Serializer<StageCommand> serializer = (topic, command) -> {
        if (!serializerFails.isEmpty()) {
            throw serializerFails.poll();
        }
        return new byte[] {1};
    };
    private final MockProducer<String, StageCommand> producer =
            new MockProducer<>(false, null, new StringSerializer(), serializer);
    private long nanos = 7;
    private final Reports reports = new Reports("train-commands", "me", producer, () -> nanos);
    private final RunningAttempt attempt =
            new RunningAttempt("job", QueuedJobs.work(WorkPhase.HELD, 2, 5, 1), 0, Instant.EPOCH);

    @Test
    void anIdleWorkerIsNotIsolated() {
        pass(Duration.ofHours(10));
        assertThat(reports.unanswered()).isZero();
        reports.beat(attempt);
        assertThat(reports.unanswered()).isZero();
    }

    @Test
    void isolationIsCountedFromWhatTheBrokerDidNotAnswer() {
        reports.beat(attempt);
        pass(Duration.ofMinutes(20));
        reports.beat(attempt);
        pass(Duration.ofMinutes(20));
        assertThat(reports.unanswered()).isEqualTo(Duration.ofMinutes(40));
        producer.completeNext();
        assertThat(reports.unanswered()).as("it answers again").isZero();
        pass(Duration.ofMinutes(1));
        assertThat(reports.unanswered()).as("the second is still open").isEqualTo(Duration.ofMinutes(1));
        producer.completeNext();
        pass(Duration.ofHours(1));
        assertThat(reports.unanswered()).isZero();
    }

    @Test
    void aReportOutlivesTheAbsenceOfTheSchemaRegistry() {
        serializerFails.add(new SerializationException("no registry", new ConnectException("refused")));
        reports.beat(attempt);
        assertThat(producer.history()).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("train-commands");
            assertThat(sent.key()).isEqualTo("job");
            assertThat(sent.value().getBody()).isEqualTo(new BeatCommand(1, 0, "me"));
        });
    }

    @Test
    void whatCannotBeSerializedAtAllIsNotTriedForEver() {
        serializerFails.add(new SerializationException("a field is missing"));
        assertThatThrownBy(() -> reports.beat(attempt)).isInstanceOf(SerializationException.class);
        pass(Duration.ofHours(1));
        assertThat(reports.unanswered()).isZero();
        assertThat(producer.history()).isEqualTo(List.of());
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
