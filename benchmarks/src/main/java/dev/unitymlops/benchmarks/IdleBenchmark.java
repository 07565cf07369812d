package dev.unitymlops.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run idle}: memory and processor time of {@code mlops up} while nothing is to be done. Linux only. */
@Command(name = "idle", description = "Memory and processor time of `mlops up` while nothing is to be done.")
final class IdleBenchmark implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--settle",
            description = "Seconds before the measurement, in which the JVM compiles what the start has warmed up"
                    + " (default: ${DEFAULT-VALUE}).")
    private int settle = 120;

    @Option(names = "--seconds", description = "Seconds measured (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--mlops", description = "The launcher (default: ${DEFAULT-VALUE}).")
    private Path mlops = Path.of("mlops");

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("mlops-idle");
        Path ready = folder.resolve("ready");
        Process platform = new ProcessBuilder(
                        mlops.toAbsolutePath().toString(),
                        "up",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--ready-file",
                        ready.toString())
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("up.log").toFile())
                .start();
        try {
            awaitReady(platform, ready, folder.resolve("up.log"));
            TimeUnit.SECONDS.sleep(settle);
            double before = CpuTime.seconds(platform.pid());
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double share = (CpuTime.seconds(platform.pid()) - before) / ((System.nanoTime() - begin) / 1e9);
            print(platform.pid(), share);
            return 0;
        } finally {
            platform.destroy();
            platform.waitFor();
            Folders.delete(folder);
        }
    }

    private static void awaitReady(Process platform, Path ready, Path log) throws IOException, InterruptedException {
        while (!Files.exists(ready)) {
            if (platform.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("mlops up ended: " + Files.readString(log));
            }
        }
    }

    private void print(long pid, double share) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "idle");
        report.put("resident_mb", residentMegabytes(pid));
        report.put("cpu_percent_of_a_core", Math.round(share * 1000) / 10.0);
        report.put("seconds", seconds);
        PrintStream out = System.out;
        out.println(json ? new ObjectMapper().writeValueAsString(report) : report.toString());
    }

    private static long residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
