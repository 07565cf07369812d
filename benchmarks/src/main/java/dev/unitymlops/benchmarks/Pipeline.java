package dev.unitymlops.benchmarks;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.train.TrainMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The three services as they are, in this process: dry jobs in at job-requested, out at model-registered. Workers beyond the
 * first of each stage are instances that only work.
 */
final class Pipeline implements Line {

    private final List<RunningServices> instances = new ArrayList<>();
    private final Producer<String, SpecificRecord> in;
    private final Consumer<String, SpecificRecord> out;

    Pipeline(EmbeddedPlatform platform, Path folder, int partitions, int slots) throws Exception {
        this(platform, folder, partitions, slots, 1);
    }

    /** @param workers of each stage */
    Pipeline(EmbeddedPlatform platform, Path folder, int partitions, int slots, int workers) throws Exception {
        Map<String, String> cluster = Map.of(
                "bootstrap.servers", platform.bootstrapServers(),
                "schema.registry.url", platform.schemaRegistryUrl());
        Map<String, String> all = new HashMap<>(cluster);
        all.putAll(Map.of(
                "artifacts.root", folder.resolve("artifacts").toString(),
                "work.dir", folder.resolve("work").toString(),
                "topics.replication-factor", "1",
                "topics.partitions", Integer.toString(partitions),
                "worker.slots", Integer.toString(slots),
                "http.port", "-1"));
        for (int i = 0; i < workers; i++) {
            all.put("worker.roles", i == 0 ? "all" : "worker");
            instances.add(RunningServices.start(
                    Settings.of(all), List.of(BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE)));
        }
        KafkaClients clients = new KafkaClients(Settings.of(cluster).read(KafkaSettings::from));
        in = clients.producer("benchmark", Map.of());
        out = clients.consumer("benchmark", Map.of());
        List<TopicPartition> ends = new ArrayList<>();
        out.partitionsFor(Topics.MODEL_REGISTERED.name())
                .forEach(found -> ends.add(new TopicPartition(found.topic(), found.partition())));
        out.assign(ends);
        out.seekToEnd(ends);
        ends.forEach(out::position);
    }

    @Override
    public void put(String jobId) throws InterruptedException {
        TrainingJob job = TrainingJob.newBuilder()
                .setJobId(jobId)
                .setAssetSpec(AssetSpec.newBuilder()
                        .setAssetId("bench-001")
                        .setName("SimpleAgent")
                        .setDescription("Reach target position while avoiding obstacles.")
                        .setObservationSpace("{\"raycast\":8,\"velocity\":2}")
                        .setActionSpace("{\"type\":\"continuous\",\"size\":2}")
                        .build())
                .setRlConfig(
                        RlConfig.newBuilder().setMaxSteps(100_000).setNumEnvs(8).build())
                .build();
        try {
            in.send(new ProducerRecord<>(
                            Topics.JOB_REQUESTED.name(),
                            jobId,
                            JobRequested.newBuilder()
                                    .setJob(job)
                                    .setRequestedBy("benchmark")
                                    .build()))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Set<String> take() {
        Set<String> ids = new HashSet<>();
        out.poll(Duration.ofMillis(200)).forEach(record -> ids.add(record.key()));
        return ids;
    }

    @Override
    public void close() {
        in.close();
        out.close();
        instances.reversed().forEach(RunningServices::close);
    }
}
