package dev.unitymlops.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run scaling}: what a job costs with more workers, a longer queue and a longer past. Linux only. */
@Command(
        name = "scaling",
        description =
                "A job's cost with several workers and with many jobs queued, and starts with many live and ended.")
final class ScalingBenchmark implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--jobs", description = "Jobs of a round (default: ${DEFAULT-VALUE}).")
    private int jobs = 1000;

    @Option(names = "--rounds", description = "Rounds, of which the cheapest counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--in-flight", description = "Jobs in flight (default: ${DEFAULT-VALUE}).")
    private int inFlight = 32;

    @Option(names = "--partitions", description = "Partitions of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions = 8;

    @Option(names = "--slots", description = "Slots of each worker (default: ${DEFAULT-VALUE}).")
    private int slots = 8;

    @Option(names = "--workers", split = ",", description = "Workers of each stage (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers = List.of(1, 2, 4, 8);

    @Option(names = "--queued", split = ",", description = "Jobs that wait already (default: ${DEFAULT-VALUE}).")
    private List<Integer> queued = List.of(10_000, 100_000);

    @Option(names = "--finished", description = "Markers of ended runs (default: ${DEFAULT-VALUE}).")
    private int finished = 1_000_000;

    private static final int PAYLOAD_BYTES = 1500;

    private final Map<String, Object> report = new LinkedHashMap<>();
    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        tell("benchmark", "scaling");
        tell("jobs_of_a_round", jobs);
        tell("in_flight", inFlight);
        tell("processors", Runtime.getRuntime().availableProcessors());
        Path folder = Files.createTempDirectory("mlops-scaling");
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(broker(folder), 0)) {
            warmUp(platform, folder);
            Cost floor = floor(platform);
            tell("floor", floor.beside(floor));
            for (int count : workers) {
                try (Line line = new Pipeline(platform, folder, partitions, slots, count)) {
                    tell("workers_" + count, cost(line, "w" + count + "-").beside(floor));
                }
            }
            withBacklog(platform, folder, floor);
        } finally {
            Folders.delete(folder);
        }
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report));
        }
        return 0;
    }

    /** At once where people read it: the whole takes its time, and figures so far are worth having. */
    private void tell(String name, Object figures) {
        report.put(name, figures);
        if (!json) {
            out.println(name + ": " + figures);
        }
    }

    /** A million records written at once hold up its heartbeats on a busy disk. */
    private static BrokerOptions broker(Path folder) {
        return BrokerOptions.in(folder.resolve("broker")).with("broker.session.timeout.ms", "30000");
    }

    /** What the JVM compiles in the first rounds is no line's cost. */
    private void warmUp(EmbeddedPlatform platform, Path folder) throws Exception {
        try (Line line = new Pipeline(platform, folder, partitions, slots)) {
            Cost.of(new Drive(line, "warm-"), 2 * rounds, jobs, inFlight);
        }
    }

    private Cost floor(EmbeddedPlatform platform) throws Exception {
        try (Line line = new Floor(platform.bootstrapServers(), "floor", partitions, PAYLOAD_BYTES)) {
            return cost(line, "f-");
        }
    }

    private Cost cost(Line line, String prefix) throws Exception {
        return Cost.of(new Drive(line, prefix), rounds, jobs, inFlight);
    }

    private void withBacklog(EmbeddedPlatform platform, Path folder, Cost floor) throws Exception {
        long heapBefore = started(platform, folder, "queued_0", floor);
        try (Backlog backlog = new Backlog(platform)) {
            int there = 0;
            for (int count : queued) {
                backlog.queued(there, count);
                there = count;
                long heap = started(platform, folder, "queued_" + count, floor);
                tell("heap_bytes_per_queued_job_of_" + count, (heap - heapBefore) / count);
            }
            backlog.finished(0, finished);
            started(platform, folder, "queued_" + there + "_finished_" + finished, floor);
        }
    }

    /** Starts the services on what there is, and measures that and what jobs cost then; returns the heap in use. */
    private long started(EmbeddedPlatform platform, Path folder, String name, Cost floor) throws Exception {
        long pid = ProcessHandle.current().pid();
        double cpu = CpuTime.seconds(pid);
        long begin = System.nanoTime();
        try (Line line = new Pipeline(platform, folder, partitions, slots)) {
            new Drive(line, name + "-first-").round(1, 1);
            double seconds = Math.round((System.nanoTime() - begin) / 1e8) / 10.0;
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("seconds_from_start_to_first_job_out", seconds);
            figures.put("cpu_seconds_of_that", Math.round((CpuTime.seconds(pid) - cpu) * 10) / 10.0);
            figures.putAll(cost(line, name + "-").beside(floor));
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            figures.put("heap_mb", heap >> 20);
            tell(name, figures);
            return heap;
        }
    }
}
