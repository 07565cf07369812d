package dev.unitymlops.stage;

import static dev.unitymlops.stage.Requests.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.EachEventOnce;
import dev.unitymlops.testkit.OtherVersions;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Coordinators that die, lose their disk, stand beside workers who come and go, and meet what a later version wrote. */
@ExtendWith(PlatformExtension.class)
class CoordinatorLifeTest {

    private static final Map<String, String> WORKER = Map.of("worker.roles", "worker", "worker.lease", "60s");
    private static final Map<String, String> COORDINATOR = Map.of("worker.roles", "coordinator", "worker.lease", "60s");

    private TestPlatform platform;
    private Fleet fleet;
    private Path folder;

    @BeforeEach
    void start(TestPlatform shared, @TempDir Path own) {
        platform = shared;
        folder = own;
        fleet = new Fleet(shared, own);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    /** With a lease of a minute nobody falls silent here: what is held stays held only if the successor knows it. */
    @Test
    void aSuccessorOnAnotherHostHasTheSameJobs() throws Exception {
        Process doomed = fleet.startProcess(shortSessions(COORDINATOR));
        DryBuilds works = new DryBuilds();
        fleet.start(works, WORKER);
        fleet.request(job("ended", ""));
        fleet.awaitBuilt("ended");
        fleet.request(job("held", "wait"));
        fleet.awaitPhase("held", WorkPhase.HELD, 1);
        List<String> queued = IntStream.range(0, 4).mapToObj(i -> "queued-" + i).toList();
        queued.forEach(id -> fleet.request(job(id, "")));
        queued.forEach(id -> fleet.awaitPhase(id, WorkPhase.QUEUED, 0));
        Map<String, StageWork> before = live();
        assertThat(before).hasSize(5);

        doomed.destroyForcibly().waitFor();
        Map<String, String> elsewhere = shortSessions(COORDINATOR);
        elsewhere.put("work.dir", folder.resolve("another-host").toString());
        fleet.start(new DryBuilds(), elsewhere);
        fleet.request(job("ended", ""));
        fleet.<JobProgress>reader(Topics.JOB_PROGRESS)
                .await(
                        "the marker of the ended job",
                        read -> read.stream()
                                .anyMatch(record -> record.key().equals("ended")
                                        && record.value().getPhase().equals("duplicate")),
                        Fleet.PATIENCE);
        assertThat(live()).isEqualTo(before);

        works.release();
        assertThat(fleet.awaitBuilt("held").getAttempt()).isEqualTo(1);
        queued.forEach(fleet::awaitBuilt);
        TopicReader<BuildCompleted> events = fleet.reader(Topics.BUILD_COMPLETED);
        new EachEventOnce().assertKept(events.readToEnd());
        assertThat(events.records()).hasSize(6);
    }

    @Test
    void workersComeGoAndAreKilledWithoutAnyRebalance() throws Exception {
        fleet.start(new DryBuilds(), COORDINATOR);
        fleet.request(job("first", ""));
        fleet.awaitPhase("first", WorkPhase.QUEUED, 0);
        Map<String, Double> rebalances = rebalances();
        assertThat(rebalances.keySet()).anyMatch(name -> name.contains("StreamThread"));
        assertThat(rebalances).containsKey("build-intake");
        Map<String, Set<String>> members = members();

        RunningServices leaves = fleet.start(new DryBuilds(), WORKER);
        fleet.awaitBuilt("first");
        leaves.drain();
        leaves.close();
        Process killed = fleet.startProcess(WORKER);
        fleet.request(job("second", "wait"));
        fleet.awaitPhase("second", WorkPhase.HELD, 1);
        killed.destroyForcibly().waitFor();
        fleet.start(new DryBuilds(), WORKER);
        fleet.request(job("third", ""));
        fleet.awaitBuilt("third");

        assertThat(members()).isEqualTo(members);
        assertThat(rebalances()).isEqualTo(rebalances);
    }

    /** As after a rolling upgrade that was begun and taken back: the store's job is left for who knows what it is. */
    @Test
    void aStateOfALaterVersionIsLeftToThatVersion() throws Exception {
        RunningServices first = fleet.start(new DryBuilds(), COORDINATOR);
        fleet.request(job("upgraded", ""));
        StageWork work = fleet.awaitPhase("upgraded", WorkPhase.QUEUED, 0);
        first.close();
        String changelog = fleet.prefix() + "build-service-jobs-changelog";
        GenericRecord later = writtenLater(changelog, "upgraded", work);

        RunningServices older = fleet.start(new DryBuilds(), Map.of("worker.lease", "60s"));
        await().atMost(Fleet.PATIENCE)
                .until(() -> older.health().status() == Health.Status.DOWN
                        && older.health().reason().contains("job upgraded")
                        && older.health().reason().contains("update this instance"));
        assertThat(older.fatal()).as("its worker and its intake go on").isNotDone();
        try (TopicReader<StageState> states = platform.reader(changelog)) {
            assertThat(states.readToEnd())
                    .filteredOn(record -> record.key().equals("upgraded"))
                    .as("nothing was written over the later version's %s", later)
                    .last()
                    .satisfies(record -> assertThat(record.value().getState()).isInstanceOf(StageWork.class));
        }
    }

    private GenericRecord writtenLater(String changelog, String jobId, StageWork work) throws Exception {
        var ours = StageState.getClassSchema();
        GenericRecord later =
                OtherVersions.read(OtherVersions.written(new StageState(work)), ours, OtherVersions.newer(ours));
        GenericRecord state = (GenericRecord) later.get("state");
        state.put(
                "phase",
                new GenericData.EnumSymbol(state.getSchema().getField("phase").schema(), OtherVersions.NEWER_SYMBOL));
        Map<String, Object> config = platform.clientConfig();
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(config)) {
            int partition;
            try (TopicReader<StageState> states = platform.reader(changelog)) {
                partition = states.readToEnd().stream()
                        .filter(record -> record.key().equals(jobId))
                        .findFirst()
                        .orElseThrow()
                        .partition();
            }
            producer.send(new ProducerRecord<>(changelog, partition, jobId, later))
                    .get();
        }
        return later;
    }

    /** The tests' sessions would outlive a minute's lease; a killed coordinator's is to end soon. */
    private static Map<String, String> shortSessions(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("kafka.consumer.session.timeout.ms", "6000");
        all.put("kafka.consumer.heartbeat.interval.ms", "2000");
        all.put("kafka.producer.transaction.timeout.ms", "5000");
        return all;
    }

    private Map<String, StageWork> live() {
        Map<String, StageWork> live = new TreeMap<>();
        for (ConsumerRecord<String, StageWork> record :
                fleet.<StageWork>reader(Topics.BUILD_WORK).readToEnd()) {
            live.put(record.key(), record.value());
        }
        live.values().removeIf(work -> work == null);
        return live;
    }

    /** How often each group member of this process has been through a rebalance: the coordinator's and the intake's. */
    private static Map<String, Double> rebalances() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Map<String, Double> totals = new TreeMap<>();
        for (ObjectName client : beans.queryNames(
                new ObjectName("kafka.consumer:type=consumer-coordinator-metrics,client-id=*"), null)) {
            String name = client.getKeyProperty("client-id");
            if (name.contains("StreamThread") || name.endsWith("-intake")) {
                totals.put(name, (Double) beans.getAttribute(client, "rebalance-total"));
            }
        }
        return totals;
    }

    private Map<String, Set<String>> members() throws Exception {
        List<String> groups = List.of(fleet.prefix() + "build-service", fleet.prefix() + "build-service-intake");
        try (Admin admin = Admin.create(platform.clientConfig())) {
            return admin.describeConsumerGroups(groups).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            group -> group.getValue().members().stream()
                                    .map(MemberDescription::consumerId)
                                    .collect(Collectors.toSet())));
        }
    }
}
