package dev.unitymlops.benchmarks;

import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.scheduler.SchedulerMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** scheduler-service beside the broker: its processor time is its own. */
final class SchedulerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Ready services=\\[\\S+] ops=(http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern SCHEDULES = Pattern.compile("(?m)^mlops_scheduler_schedules (\\S+)$");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private SchedulerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static SchedulerProcess start(EmbeddedPlatform platform, Path folder) throws IOException {
        Path log = folder.resolve("scheduler.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SchedulerMain.class.getName(),
                        "--set",
                        "bootstrap.servers=" + platform.bootstrapServers(),
                        "--set",
                        "schema.registry.url=" + platform.schemaRegistryUrl(),
                        "--set",
                        "topics.replication-factor=1",
                        "--set",
                        "scheduler.max-concurrency=1000000",
                        "--set",
                        "work.dir=" + folder.resolve("work"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new SchedulerProcess(process, log);
    }

    /** Waits until it knows so many. */
    void awaitSchedules(int count) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (known() != count) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException("scheduler-service knows " + known() + " schedules of " + count + ": "
                        + List.of(Files.readString(log)));
            }
        }
    }

    private long known() throws IOException, InterruptedException {
        Matcher ready = READY.matcher(Files.readString(log));
        if (!ready.find()) {
            return -1;
        }
        URI metrics = URI.create(ready.group(1) + "/metrics");
        Matcher schedules =
                SCHEDULES.matcher(http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body());
        return schedules.find() ? (long) Double.parseDouble(schedules.group(1)) : -1;
    }

    double cpuSeconds() throws IOException {
        return CpuTime.seconds(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
