package dev.unitymlops.system.faults;

import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.testkit.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Broker, schema registry and services, each a process of its own that ends with this JVM. Each service reaches the
 * broker by a {@link Link} of its own: the broker is called {@code localhost}, which each service's JVM takes for another
 * address of the loopback network (Linux has all of 127.0.0.0/8).
 */
final class Fleet implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(6);

    /** For what takes seconds: it costs nothing where all is well. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * How many of each.
     *
     * @param brokers one, which is alone, or three
     * @param slots of each worker
     */
    record Size(int brokers, int builders, int trainers, int registrars, int slots) {
        int of(Part part) {
            return switch (part) {
                case BUILDERS -> builders;
                case TRAINERS -> trainers;
                case REGISTRARS -> registrars;
                default -> 0;
            };
        }
    }

    private final Path folder;
    private final Size size;
    private final @Nullable SmallDisk disk;
    private final Map<String, Member> members = new LinkedHashMap<>();
    /** To each broker. */
    private final Map<String, List<Link>> links = new HashMap<>();

    private final Set<String> submitted = new HashSet<>();
    private final List<Integer> ports;
    private final int registryPort = Ports.free();
    private final KafkaClients clients;
    private final PatientProducer<String, SpecificRecord> producer;
    private final Evidence evidence;
    private final Bothersome bothersome;

    private Fleet(Path folder, Size size, @Nullable SmallDisk disk) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.size = size;
        this.disk = disk;
        this.ports = Ports.free(size.brokers());
        Files.createDirectories(temporary());
        clients = new KafkaClients(Settings.of(cluster("127.0.0.1")).read(KafkaSettings::from));
        try {
            startAll();
        } catch (IOException | RuntimeException | Error e) {
            stopAll();
            throw e;
        }
        producer = new PatientProducer<>(clients.producer("fleet", PatientProducer.SETTINGS));
        evidence = new Evidence(clients, Oracle.READS);
        bothersome = new Bothersome(clients, evidence);
    }

    /**
     * Starts one and returns when all of it is ready.
     *
     * @param folder for its data and logs; it is left there
     * @param disk what the artifacts are on; null for the folder's own
     */
    static Fleet start(Path folder, Size size, @Nullable SmallDisk disk) throws IOException {
        return new Fleet(folder, size, disk);
    }

    private void startAll() throws IOException {
        if (size.brokers() == 1) {
            broker();
        } else {
            cluster();
        }
        awaitReady();
        platform(
                Part.SCHEMAS.word(),
                PlatformPart.class,
                List.of("registry", bootstrapServers("127.0.0.1"), Integer.toString(registryPort)));
        awaitReady();
        for (Part part : Part.SERVICES) {
            for (int i = 1; i <= size.of(part); i++) {
                service(part, part.memberName() + "-" + i);
            }
        }
        awaitReady();
    }

    private void broker() throws IOException {
        String data = folder.resolve("broker").toString();
        platform(
                Part.BROKER.word(),
                PlatformPart.class,
                List.of("broker", data, ports.getFirst().toString()));
    }

    private void cluster() throws IOException {
        List<Integer> all = new ArrayList<>(ports);
        all.addAll(Ports.free(size.brokers()));
        for (int i = 1; i <= size.brokers(); i++) {
            String name = Part.BROKER.word() + "-" + i;
            Path data = Files.createDirectories(folder.resolve(name));
            List<String> arguments = new ArrayList<>(List.of(data.toString(), Integer.toString(i)));
            all.forEach(port -> arguments.add(port.toString()));
            platform(name, ClusterBroker.class, arguments);
        }
    }

    private void platform(String name, Class<?> main, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(main.getName()));
        all.addAll(arguments);
        List<String> command = JavaProcess.command(Tethered.class, List.of("-Xmx256m"), all);
        start(new Member(name, command, PlatformPart.READY, folder, temporary()));
    }

    /** A further instance of a service, which may not be ready yet. */
    Member service(Part part, String name) throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (links.size() + 2)});
        List<Link> toBrokers = new ArrayList<>();
        links.put(name, toBrokers);
        for (int port : ports) {
            toBrokers.add(new Link(address, port));
        }
        Path hosts = Files.writeString(
                folder.resolve(name + ".hosts"),
                "%s localhost\n127.0.0.1 %s\n"
                        .formatted(
                                address.getHostAddress(),
                                InetAddress.getLocalHost().getHostName()));
        Map<String, String> settings = cluster("localhost");
        settings.putAll(Map.of(
                "topics.replication-factor",
                Integer.toString(size.brokers()),
                "artifacts.root",
                artifacts().toString(),
                "work.dir",
                folder.resolve("work").resolve(name).toString(),
                "worker.lease",
                LEASE.toSeconds() + "s",
                "worker.slots",
                Integer.toString(size.slots()),
                // of a disk that has no gibibyte
                "worker.min-free",
                "1MiB",
                "cluster.start-timeout",
                "10m"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.net.hosts.file=" + hosts,
                // as shipped: this module's logback-test.xml is on the class path as well
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                Checkout.file("%1$s/target/%1$s.jar".formatted(part.word()))
                        + System.getProperty("path.separator")
                        + ownClasses(),
                Tethered.class.getName(),
                part.main().getName()));
        command.addAll(JavaProcess.arguments(settings));
        return start(new Member(name, command, "Ready services=", folder, temporary()));
    }

    /** The folder of this class, for {@link Tethered}; the rest of a service's class path is as shipped. */
    private static Path ownClasses() {
        try {
            return Path.of(Tethered.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Member start(Member member) throws IOException {
        members.put(member.name(), member);
        member.start();
        return member;
    }

    private Map<String, String> cluster(String host) {
        Map<String, String> cluster = new HashMap<>();
        cluster.put("bootstrap.servers", bootstrapServers(host));
        cluster.put("schema.registry.url", "http://127.0.0.1:" + registryPort);
        return cluster;
    }

    private String bootstrapServers(String host) {
        return ports.stream().map(port -> host + ":" + port).collect(Collectors.joining(","));
    }

    /** Waits until every member that runs has said that it serves. */
    void awaitReady() {
        members.values().forEach(member -> member.awaitReady(PATIENCE));
    }

    /** Asks for a job, however long the broker takes to have it. */
    void submit(TrainingJob job) {
        JobRequested event = JobRequested.newBuilder()
                .setJob(job)
                .setRequestedBy("the fault harness")
                .build();
        String id = job.getJobId();
        submitted.add(id);
        producer.send(new ProducerRecord<>(Topics.JOB_REQUESTED.name(), id, event));
    }

    /** Ids of all jobs so far; waits until the broker has each. */
    Set<String> accepted() {
        producer.awaitTaken();
        return Set.copyOf(submitted);
    }

    Member member(String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    /** Names of a part's members; none of what is no process of its own. */
    List<String> members(Part part) {
        return switch (part) {
            case BROKER, SCHEMAS -> List.of(part.word());
            case CLUSTER ->
                IntStream.rangeClosed(1, size.brokers())
                        .mapToObj(it -> Part.BROKER.word() + "-" + it)
                        .toList();
            case PRODUCERS, STORE -> List.of();
            default ->
                members.keySet().stream()
                        .filter(name -> name.startsWith(part.memberName() + "-"))
                        .toList();
        };
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    /** A member's ways to each broker. */
    List<Link> links(String member) {
        return Objects.requireNonNull(links.get(member), member);
    }

    Evidence evidence() {
        return evidence;
    }

    Bothersome bothersome() {
        return bothersome;
    }

    SmallDisk disk() {
        return Objects.requireNonNull(disk, "This fleet has no disk of its own");
    }

    Path artifacts() {
        return disk == null ? folder.resolve("artifacts") : disk.folder();
    }

    /** In the environment of every process that the fleet or an outside program of its jobs is: its mark. */
    Path temporary() {
        return folder.resolve("temporary");
    }

    /** SIGTERM to every service, so that all that is under way has been said when the oracle reads for the last time. */
    void drain() throws IOException, InterruptedException {
        for (Part part : Part.SERVICES) {
            for (String name : members(part)) {
                if (member(name).isAlive()) {
                    member(name).stop(PATIENCE);
                }
            }
        }
    }

    private void stopAll() throws IOException {
        members.values().forEach(Member::close);
        for (List<Link> toBrokers : links.values()) {
            for (Link link : toBrokers) {
                link.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        bothersome.close();
        producer.close();
        evidence.close();
        stopAll();
    }
}
