package dev.unitymlops.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run schedules}: scheduler-service, a process of its own, with many schedules. Linux only. */
@Command(
        name = "schedules",
        description = "Processor time of idle schedules, and how soon ticks that are due together are out.")
final class SchedulesBenchmark implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--schedules", description = "Schedules (default: ${DEFAULT-VALUE}).")
    private int schedules = 10_000;

    @Option(names = "--ticks", description = "Of them, how many are due in one second (default: ${DEFAULT-VALUE}).")
    private int ticks = 1_000;

    @Option(names = "--rounds", description = "Such seconds; each is reported (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--settle",
            description = "Seconds before each measurement of idleness (default: ${DEFAULT-VALUE}).")
    private int settle = 15;

    @Option(names = "--seconds", description = "Seconds of idleness measured (default: ${DEFAULT-VALUE}).")
    private int seconds = 30;

    /** How long after they are written the ticks are due: until then the service has read them. */
    private static final Duration AHEAD = Duration.ofSeconds(20);

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("mlops-schedules");
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "schedules");
        report.put("schedules", schedules);
        report.put("processors", Runtime.getRuntime().availableProcessors());
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(BrokerOptions.in(folder.resolve("broker")), 0);
                SchedulerProcess scheduler = SchedulerProcess.start(platform, folder)) {
            scheduler.awaitSchedules(0);
            report.put("idle_cpu_ms_per_second_of_none", idle(scheduler));
            measure(platform, scheduler, report);
        } finally {
            Folders.delete(folder);
        }
        print(report);
        return 0;
    }

    private void measure(EmbeddedPlatform platform, SchedulerProcess scheduler, Map<String, Object> report)
            throws Exception {
        try (WrittenSchedules written = new WrittenSchedules(platform)) {
            for (int i = 0; i < schedules; i++) {
                written.yearly(i);
            }
            written.flush();
            scheduler.awaitSchedules(schedules);
            report.put("idle_cpu_ms_per_second", idle(scheduler));
            report.put("idle_seconds", seconds);
            report.put("ticks_in_one_second", ticks);
            for (int round = 1; round <= rounds; round++) {
                report.put("round_" + round, together(written));
            }
        }
    }

    private double idle(SchedulerProcess scheduler) throws Exception {
        TimeUnit.SECONDS.sleep(settle);
        double before = scheduler.cpuSeconds();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double share = (scheduler.cpuSeconds() - before) / ((System.nanoTime() - begin) / 1e9);
        return Math.round(share * 10_000) / 10.0;
    }

    /** Milliseconds from the second in which they are due to when the last of them could be read. */
    private Map<String, Object> together(WrittenSchedules written) throws Exception {
        Instant due = Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < ticks; i++) {
            written.once(i, due);
        }
        written.flush();
        return written.awaitOut(ticks, due);
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
