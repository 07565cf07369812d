package dev.unitymlops.benchmarks;

import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes schedules, and sees what comes out of them. One thread. */
final class WrittenSchedules implements AutoCloseable {

    /** The quartz dialect with a year: one instant. */
    private static final DateTimeFormatter ONCE =
            DateTimeFormatter.ofPattern("s m H d M '?' uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Producer<String, TrainingSchedule> producer;
    private final Consumer<String, SpecificRecord> consumer;

    WrittenSchedules(EmbeddedPlatform platform) {
        KafkaClients clients = new KafkaClients(Settings.of(Map.of(
                        "bootstrap.servers", platform.bootstrapServers(),
                        "schema.registry.url", platform.schemaRegistryUrl()))
                .read(KafkaSettings::from));
        producer = clients.producer("benchmark", Map.of());
        consumer = clients.consumer("benchmark", Map.of("max.poll.records", "5000"));
        List<TopicPartition> partitions = Stream.of(Topics.SCHEDULE_TICKS, Topics.JOB_REQUESTED)
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Idle but for New Year. */
    void yearly(int number) {
        write(number, "0 0 0 1 1 ?");
    }

    /** Due once. */
    void once(int number, Instant due) {
        write(number, ONCE.format(due));
    }

    private void write(int number, String cron) {
        String id = "schedule-" + number;
        var unused = producer.send(new ProducerRecord<>(
                Topics.TRAINING_SCHEDULES.name(),
                id,
                TrainingSchedule.newBuilder()
                        .setScheduleId(id)
                        .setCronExpression(cron)
                        .setDialect(CronDialect.QUARTZ)
                        .setMissedTicks(MissedTicks.LAST)
                        .setOverlap(Overlap.ALLOW)
                        .setJobs(List.of(job()))
                        .setRequestedAt(Instant.now())
                        .build()));
    }

    private static TrainingJob job() {
        return TrainingJob.newBuilder()
                .setJobId("asset-1")
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("asset-1")
                        .setName("Agent1")
                        .setObservationSpace("{\"velocity\":2}")
                        .setActionSpace("{\"type\":\"continuous\",\"size\":2}")
                        .build())
                .setRlConfig(RlConfig.newBuilder().build())
                .build();
    }

    void flush() {
        producer.flush();
    }

    /** Waits for that many ticks and as many jobs; milliseconds after {@code due} at which the last of each could be read. */
    Map<String, Object> awaitOut(int count, Instant due) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<String, Object> report = new LinkedHashMap<>();
        while (report.size() < 2) {
            for (var read : consumer.poll(Duration.ofMillis(10))) {
                if (seen.merge(read.topic(), 1, Integer::sum) == count) {
                    String name = read.topic().replace('-', '_');
                    report.put(
                            name + "_out_ms",
                            Duration.between(due, Instant.now()).toMillis());
                }
            }
            if (Instant.now().isAfter(due.plus(PATIENCE))) {
                throw new IllegalStateException("a minute after they were due there were only " + seen);
            }
        }
        return report;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
