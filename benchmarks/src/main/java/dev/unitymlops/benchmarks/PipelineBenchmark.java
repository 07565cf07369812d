package dev.unitymlops.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run pipeline}: dry jobs through the whole pipeline, beside the floor measured in the same run. */
@Command(
        name = "pipeline",
        description = "Dry jobs through the whole pipeline, beside the bare hops on the same broker.")
final class PipelineBenchmark implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--one-at-a-time", description = "Jobs of the latency round (default: ${DEFAULT-VALUE}).")
    private int single = 300;

    @Option(names = "--jobs", description = "Jobs of the throughput round (default: ${DEFAULT-VALUE}).")
    private int jobs = 3000;

    @Option(names = "--in-flight", description = "Jobs in flight in the throughput round (default: ${DEFAULT-VALUE}).")
    private int inFlight = 32;

    @Option(names = "--rounds", description = "Rounds, of which the last counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--partitions", description = "Partitions of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions = 8;

    @Option(names = "--slots", description = "Slots of each worker (default: ${DEFAULT-VALUE}).")
    private int slots = 8;

    @Option(names = "--fsync", negatable = true, description = "Only with, or only without, fsync of every append.")
    private @Nullable Boolean fsync;

    private static final int PAYLOAD_BYTES = 1500;

    @Override
    public Integer call() throws Exception {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "pipeline");
        report.put("hops_of_a_job", Floor.hopsOfAJob());
        report.put("transactional_hops", Floor.STAGES * 2);
        report.put("in_flight", inFlight);
        report.put("slots_per_worker", slots);
        report.put("partitions", partitions);
        report.put("processors", Runtime.getRuntime().availableProcessors());
        for (boolean each : fsync == null ? List.of(false, true) : List.of(fsync)) {
            report.put(each ? "with_fsync" : "without_fsync", measure(each));
        }
        print(report);
        return 0;
    }

    private Map<String, Object> measure(boolean withFsync) throws Exception {
        Path folder = Files.createTempDirectory("mlops-benchmark");
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(
                BrokerOptions.in(folder.resolve("broker")).withFsync(withFsync), 0)) {
            Map<String, Object> found = new LinkedHashMap<>();
            try (Line floor = new Floor(platform.bootstrapServers(), "floor", partitions, PAYLOAD_BYTES)) {
                found.put("floor", drive(floor, "f"));
            }
            try (Line pipeline = new Pipeline(platform, folder, partitions, slots)) {
                found.put("pipeline", drive(pipeline, "p"));
            }
            return found;
        } finally {
            Folders.delete(folder);
        }
    }

    private Map<String, Object> drive(Line line, String prefix) throws InterruptedException {
        Drive drive = new Drive(line, prefix);
        Drive.Round one = null;
        Drive.Round many = null;
        for (int round = 0; round < rounds; round++) {
            one = drive.round(single, 1);
            many = drive.round(jobs, inFlight);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        if (one != null && many != null) {
            figures.put("one_at_a_time_p50_ms", one.latencies().millis(50));
            figures.put("one_at_a_time_p99_ms", one.latencies().millis(99));
            figures.put("jobs_per_second", Math.round(many.jobsPerSecond()));
            figures.put("in_flight_p50_ms", many.latencies().millis(50));
            figures.put("in_flight_p99_ms", many.latencies().millis(99));
        }
        return figures;
    }

    private void print(Map<String, Object> report) throws Exception {
        PrintStream out = System.out;
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report));
        } else {
            report.forEach((key, value) -> out.println(key + ": " + value));
        }
    }
}
