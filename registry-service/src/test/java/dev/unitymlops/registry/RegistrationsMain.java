package dev.unitymlops.registry;

import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.vertex.StandInsMain;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.folders.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * {@code benchmarks/run registrations}: registrations at once in Vertex AI and Cloud Storage, from the event to the
 * version, with the checks; prints what memory this process took. The stand-ins are a process of their own. Linux only.
 */
public final class RegistrationsMain {

    private static final PrintStream OUT = System.out;
    private static final int REGISTRATIONS = Integer.getInteger("registrations", 50);
    private static final int MODEL_MEGABYTES = Integer.getInteger("megabytes", 20);
    private static final Instant ENDED = Instant.parse("2026-01-01T00:00:00Z");

    private RegistrationsMain() {}

    public static void main(String[] arguments) throws Exception {
        TrustedPackages.trust();
        Process standIns = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx4g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandInsMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(standIns.getInputStream(), StandardCharsets.UTF_8));
                TemporaryFolder folder =
                        TemporaryFolder.in(Path.of(System.getProperty("java.io.tmpdir")), "registrations-")) {
            Settings settings = Settings.of(Map.of(
                    "bootstrap.servers", "127.0.0.1:1",
                    "schema.registry.url", "http://127.0.0.1:1",
                    "vertex.endpoint", said.readLine(),
                    "gcs.endpoint", said.readLine(),
                    "vertex.staging-bucket", said.readLine(),
                    "registry.check-timeout", "10m",
                    "artifacts.root", folder.path().resolve("artifacts").toString()));
            measure(settings.read(RegistryConfig::from), folder.path());
        } finally {
            standIns.destroy();
            standIns.waitFor();
        }
    }

    private static void measure(RegistryConfig config, Path folder) throws Exception {
        Clock clock = Clock.systemUTC();
        Registries registries = new Registries(config, clock);
        RegistryHandler handler = new RegistryHandler(
                config.check(), registries.files(), registries.google(), registries.mlflow(), clock);
        List<Callable<ModelRegistered>> tasks = new ArrayList<>();
        for (int job = 0; job <= REGISTRATIONS; job++) {
            tasks.add(registration(handler, job, Files.createDirectories(folder.resolve("job-" + job))));
        }
        tasks.removeFirst().call();
        long before = forgetPeaks();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(REGISTRATIONS)) {
            List<Future<ModelRegistered>> done = threads.invokeAll(tasks);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Set<String> versions = done.stream()
                    .map(Future::resultNow)
                    .map(event -> event.getModels().getFirst().getResourceName())
                    .collect(Collectors.toSet());
            OUT.printf(
                    "%d registrations at once of %d MB each: %d versions in %.1f s;"
                            + " resident %d MB after the first one, %d MB at the peak; heap %d MB at the peak, limit %d MB%n",
                    REGISTRATIONS,
                    MODEL_MEGABYTES,
                    versions.size(),
                    seconds,
                    before,
                    status("VmHWM"),
                    heapPeak(),
                    Runtime.getRuntime().maxMemory() >> 20);
        }
        registries.close();
    }

    private static Callable<ModelRegistered> registration(RegistryHandler handler, int number, Path folder)
            throws IOException {
        TrainingJob job = Jobs.continuous();
        job.setJobId("job-" + number);
        job.setVertexProject("a-project");
        job.setVertexRegion("us-central1");
        ModelFile model = LargeModels.write(folder.resolve("Reach.onnx"), MODEL_MEGABYTES << 20, number);
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Path attempt = Files.createDirectories(folder.resolve("attempt-1"));
        return () -> handler.handle(
                Jobs.trained(job, ENDED, model), new TestAttempt(job, 1, attempt, scratch, new ArrayList<>()));
    }

    /** What was needed to make the models does not count. Returns what is resident. */
    private static long forgetPeaks() throws IOException {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        return status("VmRSS");
    }

    /** Sum of the pools' peaks, which need not be of one moment: never less than what was used at once. */
    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }

    /** In megabytes; VmHWM is the highest that VmRSS ever was. */
    private static long status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }
}
