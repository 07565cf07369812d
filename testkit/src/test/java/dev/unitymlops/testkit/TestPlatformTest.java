package dev.unitymlops.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.JobProgress;
import dev.unitymlops.schemas.Topics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformExtension.class)
class TestPlatformTest {
    private final TestPlatform platform;
    private final String prefix;
    private final String topic;

    TestPlatformTest(TestPlatform platform) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
        this.topic = prefix + Topics.JOB_PROGRESS.name();
        platform.createTopics(prefix, Topics.JOB_PROGRESS);
    }

    @Test
    void readsEventsAsTheClassesTheyWere() throws Exception {
        JobProgress first = Events.progress("job-1", 1);
        JobProgress second = Events.progress("job-1", 2);
        send(first, second);
        try (TopicReader<JobProgress> reader = platform.reader(topic)) {
            assertThat(reader.awaitRecords(2, Duration.ofMinutes(1)))
                    .extracting(it -> it.value())
                    .containsExactly(first, second);
        }
    }

    @Test
    void readsToTheEndOfWhatIsThere() throws Exception {
        try (TopicReader<JobProgress> reader = platform.reader(topic)) {
            assertThat(reader.readToEnd()).isEmpty();
            send(Events.progress("job-1", 1));
            assertThat(reader.readToEnd()).hasSize(1);
        }
    }

    @Test
    void saysWhatWasReadWhenTheTimeIsOver() throws Exception {
        send(Events.progress("job-1", 1));
        try (TopicReader<JobProgress> reader = platform.reader(topic)) {
            assertThatThrownBy(() -> reader.awaitRecords(2, Duration.ofMillis(300)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("for 2 records on [" + topic + "], read 1:")
                    .hasMessageContaining("job-1 JobProgress");
        }
    }

    private void send(JobProgress... events) throws Exception {
        try (Producer<String, JobProgress> producer = platform.producer()) {
            for (JobProgress event : events) {
                producer.send(new ProducerRecord<>(topic, event.getJobId(), event))
                        .get(180, TimeUnit.SECONDS);
            }
        }
    }
}
