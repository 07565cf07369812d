package dev.unitymlops.scheduler;

import dev.unitymlops.testkit.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** scheduler-service as a process of its own. */
final class SchedulerProcess {

    private static final Pattern READY = Pattern.compile("Ready services=\\[\\S+] ops=(http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern SCHEDULES = Pattern.compile("(?m)^mlops_scheduler_schedules (\\S+)$");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private SchedulerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static SchedulerProcess start(Map<String, String> settings, Path log) throws IOException {
        // the tests' own logging says less, and not that it is ready
        List<String> options = List.of("-Dlogback.configurationFile=logback.xml", "-Xmx256m");
        File output = log.toFile();
        return new SchedulerProcess(
                new ProcessBuilder(JavaProcess.command(SchedulerMain.class, options, JavaProcess.arguments(settings)))
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start(),
                log);
    }

    /** SIGKILL: nothing of it can tidy up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Whether it is the one that decides; that it does not answer yet counts as no. */
    boolean decides() throws IOException, InterruptedException {
        URI ops = ops();
        if (ops == null) {
            return false;
        }
        String metrics = http.send(
                        HttpRequest.newBuilder(ops.resolve("/metrics")).build(), BodyHandlers.ofString())
                .body();
        Matcher schedules = SCHEDULES.matcher(metrics);
        return schedules.find() && Double.parseDouble(schedules.group(1)) > 0;
    }

    void awaitReady() {
        Awaitility.await("ready, see " + log).atMost(Installation.PATIENCE).until(this::ops, Objects::nonNull);
    }

    private URI ops() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("It ended with " + process.exitValue() + ":\n" + Files.readString(log));
        }
        Matcher ready = READY.matcher(Files.readString(log));
        return ready.find() ? URI.create(ready.group(1)) : null;
    }
}
