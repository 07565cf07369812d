package dev.unitymlops.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.scheduler.SchedulerMain;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import dev.unitymlops.train.TrainMain;
import dev.unitymlops.webhook.WebhookMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the board and the alert rules ask for, the services tell once they have run a job. promtool judges the rest. */
@ExtendWith(PlatformExtension.class)
class OperationsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern METRIC = Pattern.compile("\\b(?:mlops|jvm)_[a-z_]+");

    @Test
    void everyMetricThatIsWatchedIsThere(TestPlatform platform, @TempDir Path folder) throws Exception {
        Set<String> watched = new TreeSet<>(metricsIn(Files.readString(Checkout.file("operations/alerts.yml"))));
        watched.addAll(metricsIn(Files.readString(Checkout.file("operations/grafana/unity-mlops.json"))));
        assertThat(watched).contains("mlops_stage_jobs", "mlops_stage_space_free_bytes", "mlops_dead_letters_total");

        try (var pipeline = new Pipeline(platform, folder);
                RunningServices services = start(pipeline)) {
            TrainingJob job = JobFiles.dry("watched");
            // nothing goes there: without a secret the service gives such messages up
            job.setWebhookUrl("https://receiver.invalid/hook");
            pipeline.send(Topics.JOB_REQUESTED, job.getJobId(), job(job));
            pipeline.sendBytes(Topics.JOB_REQUESTED, "garbage".getBytes(UTF_8), "no Avro".getBytes(UTF_8));

            URI metrics = Objects.requireNonNull(services.opsAddress()).resolve("/metrics");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(metricsIn(scraped(metrics))).containsAll(watched));
        }
    }

    private static JobRequested job(TrainingJob job) {
        return JobRequested.newBuilder()
                .setJob(job)
                .setRequestedBy("a system test")
                .build();
    }

    private static RunningServices start(Pipeline pipeline) throws Exception {
        return RunningServices.start(
                Settings.of(pipeline.settings()).with(Map.of("http.port", "0")),
                List.of(
                        BuildMain.SERVICE,
                        TrainMain.SERVICE,
                        RegistryMain.SERVICE,
                        SchedulerMain.SERVICE,
                        WebhookMain.SERVICE));
    }

    private static Set<String> metricsIn(String text) {
        Set<String> found = new TreeSet<>();
        METRIC.matcher(text).results().forEach(metric -> found.add(metric.group()));
        return found;
    }

    private static String scraped(URI metrics) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
