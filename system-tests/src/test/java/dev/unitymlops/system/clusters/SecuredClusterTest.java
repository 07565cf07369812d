package dev.unitymlops.system.clusters;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.build.BuildMain;
import dev.unitymlops.cli.MlopsMain;
import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.ScheduleAction;
import dev.unitymlops.events.ScheduleControl;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.Right;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.scheduler.SchedulerMain;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.system.JobFiles;
import dev.unitymlops.system.clusters.RecordingAuthorizer.Used;
import dev.unitymlops.testkit.JavaProcess;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.testkit.TopicReader;
import dev.unitymlops.train.TrainMain;
import dev.unitymlops.webhook.WebhookMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker with TLS, logins by SCRAM and OAUTHBEARER, and an authorizer, topics that only an admin makes, and each service under its own name with
 * exactly the rights that {@code mlops topics acls} prints.
 */
@ExtendWith(PlatformExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PREFIX = "shop-";
    private static final String PEOPLE = "mlops";
    /** Logs in by OAUTHBEARER, all others by SCRAM-SHA-512. */
    private static final String BY_TOKEN = WebhookMain.SERVICE.name();

    private static final TopicSettings TOPICS = new TopicSettings(false, PREFIX, 1, 0);
    private static final Set<String> ON_OTHER_DAYS = Set.of(
            "job-failed",
            "job-rejected",
            "job-progress",
            "job-control",
            "scheduler-service-waiting-changelog",
            "webhook-service-disabled-changelog");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Service<?>> SERVICES = List.of(
            BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE, SchedulerMain.SERVICE, WebhookMain.SERVICE);

    private final List<RunningServices> running = new ArrayList<>();
    private SecuredBroker broker;
    private Path folder;
    private String registryUrl;
    private List<AclBinding> rights;

    @BeforeAll
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        this.folder = folder;
        this.registryUrl = platform.schemaRegistryUrl();
        this.broker = SecuredBroker.start(folder);
        List<String> users = new ArrayList<>(SERVICES.stream()
                .map(Service::name)
                .filter(name -> !name.equals(BY_TOKEN))
                .toList());
        users.add(PEOPLE);
        broker.addUsers(users);

        writeConfig("admin", broker.adminConfig());
        Ran apply = mlops("admin", "topics", "apply", "--replication-factor", "1");
        assertThat(apply.code()).as(apply.toString()).isZero();
        rights = printedRights();
        broker.allow(rights);
        for (Service<?> service : SERVICES) {
            running.add(RunningServices.start(settings(service.name()), List.of(service)));
        }
    }

    @AfterAll
    void stop() {
        running.forEach(RunningServices::close);
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void dryJobsGoThroughAllServicesEachUnderItsOwnNameAndNoRightIsTooMany() throws Exception {
        writeConfig(PEOPLE, new HashMap<>(broker.config(PEOPLE)));
        Path file = folder.resolve("job.yaml");
        Files.writeString(
                file,
                Files.readString(Checkout.file("examples/simple-agent.yaml"))
                        + "\nwebhook_url: https://example.invalid/\n");
        Ran ran = mlops(PEOPLE, "submit", file.toString(), "--follow", "--json");
        assertThat(ran.code()).as(ran.toString()).isZero();
        runScheduleNow("nightly");

        Awaitility.await("every right is made use of")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unused()).isEmpty());
        assertThat(ends()).as("the command's job and the schedule's").hasSize(2);
        assertThat(running).allSatisfy(each -> assertThat(each.fatal()).isNotDone());
    }

    /** Has the scheduler request a job, as the admin. */
    private void runScheduleNow(String id) throws Exception {
        TrainingSchedule schedule = TrainingSchedule.newBuilder()
                .setScheduleId(id)
                .setCronExpression("0 0 1 1 *")
                .setDialect(CronDialect.UNIX)
                .setMissedTicks(MissedTicks.SKIP)
                .setOverlap(Overlap.ALLOW)
                .setJobs(List.of(JobFiles.dry("any")))
                .setRequestedBy("test")
                .setRequestedAt(Instant.EPOCH)
                .build();
        ScheduleControl now = new ScheduleControl(
                id, ScheduleAction.RUN_NOW, "b7c1a4e2-5d0f-4f8e-9a3b-0c6d2e1f4a5b", "test", Instant.EPOCH);
        Map<String, Object> config = adminConfig();
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        config.put("avro.remove.java.properties", "true");
        try (Producer<String, SpecificRecord> producer = new KafkaProducer<>(config)) {
            producer.send(new ProducerRecord<>(TOPICS.name(Topics.TRAINING_SCHEDULES), id, schedule))
                    .get();
            producer.send(new ProducerRecord<>(TOPICS.name(Topics.SCHEDULE_CONTROL), id, now))
                    .get();
        }
    }

    /** Of all jobs, waited for until there are two. */
    private Set<String> ends() {
        try (TopicReader<ModelRegistered> ends =
                new TopicReader<>(adminConfig(), List.of(TOPICS.name(Topics.MODEL_REGISTERED)))) {
            return ends.awaitRecords(2, PATIENCE).stream()
                    .map(ConsumerRecord::key)
                    .collect(toSet());
        }
    }

    @Test
    void allThatIsNotAllowedIsToldAtTheStartWithWhoAndWhatToDo() throws Exception {
        broker.addUsers(List.of("newcomer"));
        Set<Right> lacking = Set.of(
                new Right(ResourceType.TOPIC, PatternType.LITERAL, "shop-workers", AclOperation.WRITE),
                new Right(ResourceType.GROUP, PatternType.LITERAL, "shop-train-service-intake", AclOperation.READ),
                new Right(
                        ResourceType.TRANSACTIONAL_ID,
                        PatternType.PREFIXED,
                        "shop-train-service-",
                        AclOperation.WRITE));
        List<Right> needed = TrainMain.SERVICE.use().rights(TOPICS);
        assertThat(needed).containsAll(lacking);
        broker.allow(needed.stream()
                .filter(right -> !lacking.contains(right))
                .map(right -> right.allows("User:newcomer"))
                .toList());

        assertThatThrownBy(() -> RunningServices.start(settings("newcomer"), List.of(TrainMain.SERVICE)))
                .satisfies(thrown -> assertThat(ExitCode.of(thrown)).isEqualTo(ExitCode.MISSING))
                .hasMessage("""
                        The cluster does not allow User:newcomer what train-service must do:
                          Write on topic shop-workers
                          Read on group shop-train-service-intake
                          Write on transactional id shop-train-service-*
                        mlops topics acls train-service prints the commands with which an admin allows it""");
    }

    @Test
    void credentialsThatTheBrokersDoNotAcceptAreToldAsSuch() throws Exception {
        assertThatThrownBy(() -> RunningServices.start(
                        settings("build-service", broker.config("build-service", "wrong")), List.of(BuildMain.SERVICE)))
                .satisfies(thrown -> assertThat(ExitCode.of(thrown)).isEqualTo(ExitCode.MISSING))
                .hasMessageContaining("do not accept")
                .hasMessageContaining("kafka.sasl.*")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aCommandThatIsNotAllowedSaysWhatAndEndsWith3() throws Exception {
        broker.addUsers(List.of("visitor"));
        writeConfig("visitor", new HashMap<>(broker.config("visitor")));
        Ran ran = mlops(
                "visitor", "submit", Checkout.file("examples/simple-agent.yaml").toString());
        assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.MISSING.code());
        assertThat(ran.err())
                .contains("shop-job-requested")
                .contains("mlops topics acls")
                .doesNotContain("\tat ");
    }

    /** Rights that were given and of which the services made no use, but for those that a dry job does not need. */
    private Set<String> unused() {
        Set<Used> used = RecordingAuthorizer.used();
        return rights.stream()
                .filter(right -> !onlyForOtherDays(right))
                .filter(right -> !right.entry().principal().equals("User:" + PEOPLE))
                .filter(right -> used.stream().noneMatch(each -> covers(right, each)))
                .map(AclBinding::toString)
                .collect(toSet());
    }

    private static boolean covers(AclBinding right, Used used) {
        ResourcePattern pattern = right.pattern();
        return right.entry().principal().equals(used.principal())
                && right.entry().operation() == used.operation()
                && pattern.resourceType() == used.resource()
                && (pattern.patternType() == PatternType.PREFIXED
                        ? used.name().startsWith(pattern.name())
                        : used.name().equals(pattern.name()));
    }

    /** For garbage, failures, real trainings, cancellations, jobs that wait, endpoints that are switched off, and old records. */
    private static boolean onlyForOtherDays(AclBinding right) {
        String name = right.pattern().name().substring(PREFIX.length());
        return right.entry().operation() == AclOperation.DELETE
                || (right.entry().operation() == AclOperation.WRITE
                        && (name.endsWith(".dead-letters") || ON_OTHER_DAYS.contains(name)));
    }

    /** What {@code mlops topics acls --json} prints. */
    private List<AclBinding> printedRights() throws Exception {
        Ran printed = mlops("admin", "topics", "acls", "--json");
        assertThat(printed.code()).as(printed.toString()).isZero();
        List<AclBinding> rights = new ArrayList<>();
        for (String line : printed.out().lines().toList()) {
            JsonNode row = JSON.readTree(line);
            rights.add(new AclBinding(
                    new ResourcePattern(
                            ResourceType.valueOf(row.path("resource").asText()),
                            row.path("name").asText(),
                            PatternType.valueOf(row.path("pattern").asText())),
                    new AccessControlEntry(
                            row.path("principal").asText(),
                            "*",
                            AclOperation.valueOf(row.path("operation").asText()),
                            AclPermissionType.ALLOW)));
        }
        return rights;
    }

    private Map<String, Object> adminConfig() {
        Map<String, Object> config = broker.adminConfig();
        config.put("schema.registry.url", registryUrl);
        return config;
    }

    private Settings settings(String user) {
        return settings(user, user.equals(BY_TOKEN) ? broker.tokenConfig(user) : broker.config(user));
    }

    private Settings settings(String user, Map<String, String> client) {
        Map<String, String> settings = new TreeMap<>();
        client.forEach((key, value) -> settings.put(key.equals("bootstrap.servers") ? key : "kafka." + key, value));
        settings.put("schema.registry.url", registryUrl);
        settings.put("topics.prefix", PREFIX);
        settings.put("topics.replication-factor", "1");
        settings.put("topics.create", "false");
        settings.put("http.port", "-1");
        settings.put("work.dir", folder.resolve("work").resolve(user).toString());
        if (!user.equals(SchedulerMain.SERVICE.name()) && !user.equals(WebhookMain.SERVICE.name())) {
            settings.put("artifacts.root", folder.resolve("artifacts").toString());
        }
        return Settings.of(settings);
    }

    /** As {@code --kafka-config} takes it. */
    private void writeConfig(String user, Map<String, Object> client) throws IOException {
        Properties properties = new Properties();
        client.forEach((key, value) -> properties.setProperty(key, String.valueOf(value)));
        properties.setProperty("schema.registry.url", registryUrl);
        properties.setProperty("topics.prefix", PREFIX);
        try (var out = Files.newBufferedWriter(configOf(user))) {
            properties.store(out, null);
        }
    }

    private Path configOf(String user) {
        return folder.resolve(user + ".properties");
    }

    /** What a command said before it ended. */
    private record Ran(int code, String out, String err) {}

    /** The command line in a process of its own, as that user. */
    private Ran mlops(String user, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kafka-config", configOf(user).toString()));
        Path out = Files.createTempFile(folder, "out-", ".txt");
        Path err = Files.createTempFile(folder, "err-", ".txt");
        Process process = new ProcessBuilder(JavaProcess.command(MlopsMain.class, List.of("-Xmx256m"), all))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("mlops %s ended; it said: %s", all, Files.readString(err))
                    .isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
