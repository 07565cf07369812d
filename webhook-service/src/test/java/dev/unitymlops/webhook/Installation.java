package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.JavaProcess;
import dev.unitymlops.testkit.SettableClock;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** webhook-service on topics of its own, and what goes in and comes out. */
final class Installation implements AutoCloseable {

    /** A process starts, another one's session ends, and the machine may be busy: it costs nothing where all is well. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    static final String SECRET = "whsec_" + "c2VjcmV0IG9mIDI0IGJ5dGVzIG9yIG1vcmUh";

    private final TestPlatform platform;
    private final String prefix;
    private final Map<String, String> settings;
    private final Producer<String, SpecificRecord> producer;
    private final List<RunningServices> instances = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Set<String> replayed = new HashSet<>();
    private final List<TopicReader<?>> readers = new ArrayList<>();
    private final List<SettableClock> clocks = new ArrayList<>();

    Installation(TestPlatform platform, Path folder) {
        this.platform = platform;
        this.prefix = platform.newPrefix();
        this.producer = platform.producer();
        this.settings = platform.settings(prefix);
        with("work.dir", folder.resolve("work").toString());
        with("webhook.allowed-networks", "127.0.0.0/8").with("webhook.secret", SECRET);
    }

    Installation with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    RunningServices start(Clock clock) throws Exception {
        RunningServices started = RunningServices.start(Settings.of(settings), List.of(WebhookMain.service(clock)));
        instances.add(started);
        return started;
    }

    /** Its time stands, but goes on to the next attempt of the job whose deliveries are waited for. */
    RunningServices start(SettableClock clock) throws Exception {
        clocks.add(clock);
        return start((Clock) clock);
    }

    /** An instance in a process of its own, that may be killed. */
    Process startProcess() throws IOException {
        Process process = new ProcessBuilder(
                        JavaProcess.command(WebhookMain.class, List.of(), JavaProcess.arguments(settings)))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(new File(settings.get("work.dir") + ".log"))
                .start();
        processes.add(process);
        return process;
    }

    /** All records of these topics, as text. */
    String textOf(TopicSpec... topics) {
        return Stream.of(topics)
                .flatMap(topic -> reader(topic).readToEnd().stream())
                .map(record -> record.key() + " " + record.value() + " " + record.headers())
                .collect(Collectors.joining("\n"));
    }

    String name(TopicSpec topic) {
        return prefix + topic.name();
    }

    void send(TopicSpec topic, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(name(topic), key, value));
        producer.flush();
    }

    /** A run that is accepted, starts and fails. */
    void tellRun(String jobId, String webhookUrl, FailureCause cause) {
        send(Topics.JOB_PROGRESS, jobId, Events.accepted(jobId, 1, webhookUrl));
        send(Topics.JOB_PROGRESS, jobId, Events.building(jobId, 1, webhookUrl));
        awaitQueued(jobId, "job.started");
        send(Topics.JOB_FAILED, jobId, Events.failed(jobId, 1, cause, webhookUrl));
    }

    /**
     * Waits until a message is queued. A run's end comes on another topic than its start, and a start that is read only
     * after the end is delivered is told no more.
     */
    void awaitQueued(String jobId, String type) {
        List<ConsumerRecord<String, WebhookCommand>> unused = this.<WebhookCommand>reader(Topics.WEBHOOK_COMMANDS)
                .await(
                        type + " of " + jobId,
                        read -> read.stream()
                                .anyMatch(it -> jobId.equals(it.key())
                                        && it.value().getBody() instanceof WebhookMessage message
                                        && type.equals(message.getType())),
                        PATIENCE);
    }

    <V extends SpecificRecord> TopicReader<V> reader(TopicSpec topic) {
        TopicReader<V> reader = platform.reader(name(topic));
        readers.add(reader);
        return reader;
    }

    /** Waits until the deliveries of a job fulfil a condition, and gives them. */
    List<WebhookDelivery> awaitDeliveries(String key, String what, Predicate<List<WebhookDelivery>> condition) {
        return of(
                key,
                this.<WebhookDelivery>reader(Topics.WEBHOOK_DELIVERIES)
                        .await(what, read -> fulfilled(condition, of(key, read)), PATIENCE));
    }

    /** Waits until so many messages of a job are delivered, and gives the attempts that did. */
    List<WebhookDelivery> awaitDelivered(String key, int count) {
        return delivered(awaitDeliveries(
                key, count + " delivered of " + key, read -> delivered(read).size() >= count));
    }

    private static List<WebhookDelivery> delivered(List<WebhookDelivery> attempts) {
        return attempts.stream()
                .filter(it -> it.getOutcome() == DeliveryOutcome.DELIVERED)
                .toList();
    }

    /** On a busy machine an attempt may fail that should not: without its next one such a wait would not end. */
    private boolean fulfilled(Predicate<List<WebhookDelivery>> condition, List<WebhookDelivery> read) {
        boolean fulfilled = condition.test(read);
        if (!fulfilled && !read.isEmpty()) {
            clocks.forEach(clock -> goOn(clock, read.getLast()));
        }
        return fulfilled;
    }

    private static void goOn(SettableClock clock, WebhookDelivery attempt) {
        Instant next = attempt.getNextAttemptAt();
        if (next != null && next.isAfter(clock.instant())) {
            clock.set(next);
        }
    }

    private static List<WebhookDelivery> of(String key, List<ConsumerRecord<String, WebhookDelivery>> read) {
        return read.stream()
                .filter(it -> it.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }

    /** Sends what was given up of a job again, as {@code mlops dead-letters replay} does: each letter once. */
    void replayDeadLetters(String jobId) {
        Map<String, Object> config = platform.clientConfig();
        config.put("isolation.level", "read_committed");
        try (var letters = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var raw = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            letters.assign(letters.partitionsFor(name(Topics.WEBHOOK_COMMANDS.deadLetters())).stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList());
            letters.seekToBeginning(letters.assignment());
            Map<TopicPartition, Long> ends = letters.endOffsets(letters.assignment());
            while (ends.entrySet().stream().anyMatch(end -> letters.position(end.getKey()) < end.getValue())) {
                for (var letter : letters.poll(Duration.ofMillis(50))) {
                    boolean its = jobId.equals(new String(letter.key(), StandardCharsets.UTF_8));
                    if (its && replayed.add(letter.partition() + "/" + letter.offset())) {
                        int partition = Integer.parseInt(header(letter, "dead-letter.partition"));
                        assertThat(header(letter, "dead-letter.topic")).isEqualTo(name(Topics.WEBHOOK_COMMANDS));
                        assertThat(header(letter, "dead-letter.message")).isNotBlank();
                        var unused = raw.send(new ProducerRecord<>(
                                name(Topics.WEBHOOK_COMMANDS), partition, letter.key(), letter.value()));
                    }
                }
            }
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        readers.forEach(TopicReader::close);
        instances.forEach(RunningServices::close);
        producer.close();
    }
}
