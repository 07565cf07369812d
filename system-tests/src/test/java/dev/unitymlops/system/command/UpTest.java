package dev.unitymlops.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.system.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops up} and the commands that find it from the same folder, with jobs that need no trainer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpTest {
    private static final Duration SOON = Duration.ofMinutes(3);

    private Path folder;
    private Mlops mlops;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        mlops = new Mlops(folder);
        mlops.up("--slots", "1");
    }

    @AfterAll
    void stop() {
        mlops.close();
    }

    @Test
    void theSameFileTwiceRunsOnceAndOtherContentIsRefused() throws Exception {
        String file = dry("once").in(folder, "once.yaml");
        assertExit(0, mlops.run(SOON, "submit", file, "--follow", "--json"));
        assertExit(0, mlops.run(SOON, "submit", file));
        String other = dry("once").with("max_steps: 100000", "max_steps: 7777").in(folder, "other.yaml");
        Mlops.Ended refused = mlops.run(SOON, "submit", other);
        assertExit(3, refused);
        assertThat(refused.out() + refused.err()).contains("--new-id");
        assertThat(topics("once")).containsOnlyOnce("build-completed", "training-completed", "model-registered");
        assertExit(0, mlops.run(SOON, "submit", other, "--new-id", "--follow"));
    }

    @Test
    void anIdOfAnEarlierDayIsRefusedForOtherContent() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        String artifacts = "artifacts.root=" + folder.resolve("artifacts");
        try (Mlops earlier = new Mlops(elsewhere)) {
            String file = dry("earlier").in(elsewhere, "job.yaml");
            assertExit(0, earlier.run(SOON, "run", file, "--set", artifacts));
        }
        String before = Files.readString(mlops.artifacts("earlier").resolve("job.json"));
        String other =
                dry("earlier").with("max_steps: 100000", "max_steps: 7777").in(folder, "earlier.yaml");
        assertExit(3, mlops.run(SOON, "submit", other));
        assertThat(mlops.artifacts("earlier").resolve("job.json")).hasContent(before.strip());
    }

    @Test
    void aFileWithMistakesIsToldAllOfThemAndPublishesNothing() throws Exception {
        String file = Checkout.file("examples/invalid/ten-mistakes.yaml").toString();
        Mlops.Ended validated = mlops.run(SOON, "validate", file, "--json");
        assertExit(2, validated);
        assertThat(validated.json().path("errors")).hasSize(10).allSatisfy(error -> {
            assertThat(error.path("field").asText()).isNotBlank();
            assertThat(error.path("remedy").asText()).isNotBlank();
            assertThat(error.has("value")).isTrue();
        });
        assertExit(2, mlops.run(SOON, "submit", file));
        assertThat(mlops.run(SOON, "jobs", "--json").out()).doesNotContain("ten-mistakes");
    }

    @Test
    void aQueuedJobIsCancelledAtOnceAndARunningOneSoon() throws Exception {
        assertExit(0, mlops.run(SOON, "submit", slow("running").in(folder, "running.yaml")));
        Awaitility.await("its training")
                .atMost(SOON)
                .until(() -> Files.exists(mlops.artifacts("running").resolve("run-1/train/attempt-1")));
        assertExit(0, mlops.run(SOON, "submit", slow("queued").in(folder, "queued.yaml")));
        Awaitility.await("its build").atMost(SOON).until(() -> topics("queued").contains("build-completed"));

        assertExit(0, mlops.run(SOON, "cancel", "queued", "--follow"));
        assertThat(state("queued")).isEqualTo("cancelled");
        assertThat(mlops.artifacts("queued").resolve("run-1/train")).doesNotExist();
        assertExit(0, mlops.run(SOON, "cancel", "running", "--follow"));
        assertThat(state("running")).isEqualTo("cancelled");
    }

    private static JobText dry(String jobId) throws Exception {
        return JobText.example("simple-agent.yaml").with("job_id: test-job", "job_id: " + jobId);
    }

    /** Two minutes of training. */
    private static JobText slow(String jobId) throws Exception {
        return JobText.example("slow-stage.yaml")
                .with("job_id: slow-stage", "job_id: " + jobId)
                .with("sleep 2", "sleep 0");
    }

    private List<String> topics(String jobId) throws Exception {
        return mlops.run(SOON, "events", jobId, "--json").jsonLines().stream()
                .map(event -> event.path("topic").textValue())
                .toList();
    }

    private String state(String jobId) throws Exception {
        return mlops.run(SOON, "jobs", "--json").jsonLines().stream()
                .filter(job -> job.path("job_id").asText().equals(jobId))
                .map(job -> job.path("state").asText())
                .findFirst()
                .orElseThrow();
    }

    private static void assertExit(int code, Mlops.Ended ended) {
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(code);
    }
}
