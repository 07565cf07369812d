package dev.unitymlops.stage.intake;

import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.SessionTimeout;
import dev.unitymlops.stage.StageLine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stage's input topic and job-control in the group {@code <service>-intake}, at least once: what it hands on
 * twice the coordinator drops. One thread owns the consumer.
 *
 * <p>Bytes that cannot be decoded go to the dead letters, a decodable event that asks for nonsense is answered on
 * job-rejected. While the schema registry, the artifact store or the broker is away it waits; nothing is given up.
 */
public final class Intake<I extends SpecificRecord> implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.25);
    private static final Duration POLL = Duration.ofSeconds(5);

    private final StageLine<I, ?> line;
    private final KafkaClients clients;
    private final TopicSettings topics;
    private final Map<String, String> membership;
    private final Admission admission;
    private final ArrivedInputs arrived;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);

    private @Nullable Thread thread;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private int outages;
    private final AtomicLong lag = new AtomicLong();
    private volatile String outage = "";

    public Intake(
            StageLine<I, ?> line,
            KafkaClients clients,
            IntakeSettings settings,
            Admission admission,
            ArrivedInputs arrived,
            MeterRegistry metrics,
            Clock clock) {
        this.line = line;
        this.clients = clients;
        this.topics = settings.topics();
        this.membership = SessionTimeout.under(settings.lease());
        this.admission = admission;
        this.arrived = arrived;
        this.metrics = metrics;
        this.clock = clock;
        Gauge.builder("mlops.intake.lag", lag, AtomicLong::get)
                .description("Records that wait to be taken in, as far as this instance reads them")
                .tag("stage", line.word())
                .register(metrics);
    }

    /** The consumer group of a stage's intakes, without the cluster's prefix. */
    public static String group(StageLine<?, ?> line) {
        return line.service() + "-intake";
    }

    @Override
    public String name() {
        return line.word() + "-intake";
    }

    @Override
    public void start(OnFatal onFatal) {
        Map<String, String> group = new HashMap<>(membership);
        group.keySet().removeAll(clients.consumerConfig(name(), Map.of()).keySet());
        group.put(ConsumerConfig.GROUP_ID_CONFIG, topics.prefix() + group(line));
        Consumer<byte[], byte[]> reader = clients.bytesConsumer(name(), group);
        consumer = reader;
        reader.subscribe(List.of(topics.name(line.input()), topics.name(Topics.JOB_CONTROL)));
        thread = Thread.ofPlatform().name(name()).start(() -> run(reader, onFatal));
    }

    private void run(Consumer<byte[], byte[]> reader, OnFatal onFatal) {
        Translate<I> translate = new Translate<>(line, admission, clock);
        try (reader;
                HandOn<I> hand = new HandOn<>(line, clients, topics, translate, arrived, metrics, clock)) {
            while (stopping.getCount() > 0) {
                take(reader.poll(POLL), reader, hand);
                lag.set(reader.assignment().stream()
                        .mapToLong(partition -> reader.currentLag(partition).orElse(0))
                        .sum());
            }
            takeBackWakeUp(reader);
        } catch (WakeupException e) {
            LOG.debug("Intake was woken to stop stage={}", line.word());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            onFatal.stop(e);
        }
    }

    /** A wake-up that finds nobody polling breaks the next call: closing, which then would not leave the group. */
    private void takeBackWakeUp(Consumer<byte[], byte[]> reader) throws InterruptedException {
        woken.await();
        var unused = reader.poll(Duration.ZERO);
    }

    private void take(ConsumerRecords<byte[], byte[]> batch, Consumer<byte[], byte[]> reader, HandOn<I> hand)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> handedOn = new HashMap<>();
        Exception failed = null;
        for (TopicPartition partition : batch.partitions()) {
            try {
                handedOn.put(partition, handOn(batch.records(partition), hand));
            } catch (IOException | ExecutionException | KafkaException e) {
                rewind(reader, batch.records(partition).getFirst());
                failed = e;
            }
        }
        if (!handedOn.isEmpty()) {
            reader.commitAsync(handedOn, (offsets, problem) -> {
                if (problem != null) {
                    LOG.warn("Offsets were not committed, the next commit covers them stage={}", line.word(), problem);
                }
            });
        }
        if (failed == null) {
            outages = 0;
            outage = "";
        } else {
            waitOut(failed);
        }
    }

    /** Hands on the records of one partition and returns where to go on once the broker has them all. */
    private static OffsetAndMetadata handOn(List<ConsumerRecord<byte[], byte[]>> records, HandOn<?> hand)
            throws IOException, InterruptedException, ExecutionException {
        List<Future<?>> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            sent.add(hand.handOn(record));
        }
        for (int i = 0; i < sent.size(); i++) {
            awaitSent(sent.get(i), records.get(i), hand);
        }
        return new OffsetAndMetadata(records.getLast().offset() + 1);
    }

    /** What follows from a record may be larger than Kafka takes, now and at every later try: no outage to wait out. */
    private static void awaitSent(Future<?> sent, ConsumerRecord<byte[], byte[]> record, HandOn<?> hand)
            throws InterruptedException, ExecutionException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException tooLarge)) {
                throw e;
            }
            var unused = hand.keep(record, tooLarge);
        }
    }

    private static void rewind(Consumer<byte[], byte[]> reader, ConsumerRecord<byte[], byte[]> first) {
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        if (reader.assignment().contains(partition)) {
            reader.seek(partition, first.offset());
        }
    }

    private void waitOut(Exception reason) throws InterruptedException {
        outages++;
        outage = String.valueOf(reason.getMessage());
        Duration wait = OUTAGE.after(outages, random);
        LOG.warn(
                "Intake waits for an outage to end stage={} failures={} waitMs={}",
                line.word(),
                outages,
                wait.toMillis(),
                reason);
        if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Intake stops during an outage stage={}", line.word());
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        if (consumer != null && thread != null) {
            consumer.wakeup();
            woken.countDown();
            try {
                if (!thread.join(Duration.ofSeconds(10))) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Health check() {
        if (thread == null || !thread.isAlive()) {
            return Health.down("its thread is not running");
        }
        return outage.isEmpty() ? Health.up() : Health.degraded("waits: " + outage);
    }
}
