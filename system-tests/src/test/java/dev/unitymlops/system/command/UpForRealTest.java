package dev.unitymlops.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops up} and the commands beside it, with the genuine trainer at work: two trainings, a kill, a restart, a cancel. */
class UpForRealTest {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern TRAINER = Pattern.compile("--run-id (\\S+) .*--base-port (\\d+)");

    @TempDir
    private Path folder;

    private Mlops mlops;

    @BeforeEach
    void prepare() {
        GenuineTrainer.require("UpForRealTest");
        mlops = new Mlops(folder);
    }

    @AfterEach
    void stop() {
        mlops.close();
    }

    @Test
    void trainingsOutliveTheKillOfThePlatform() throws Exception {
        List<String> jobs = List.of("first", "second");
        Mlops.Running firstLife = mlops.up();
        for (String job : jobs) {
            submit(job);
        }
        for (String job : jobs) {
            awaitCheckpoint(job, 1);
        }
        assertThat(basePorts().keySet()).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(basePorts().values()).doesNotHaveDuplicates();
        List<ProcessHandle> tree = firstLife.tree();

        firstLife.kill();

        Awaitility.await("the end of all that the first life had started")
                .atMost(Duration.ofMinutes(3))
                .until(() -> tree.stream().noneMatch(ProcessHandle::isAlive)
                        && processesOfThisTest().isEmpty());
        Mlops.Running secondLife = mlops.up();
        for (String job : jobs) {
            Awaitility.await(job + " is trained on").atMost(SOON).until(() -> isTrainedOn(job));
        }
        for (String job : jobs) {
            Mlops.Ended ended = mlops.run(PATIENCE, "watch", job, "--until-done", "--json");
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertFinishedLaterAndOnce(job, last(ended));
        }
        secondLife.process().destroy();
        assertThat(secondLife.await(SOON).exitCode()).isZero();
        assertThat(processesOfThisTest()).isEmpty();
    }

    @Test
    void aCancelledTrainingSavesAndARetryBeginsAtTheTraining() throws Exception {
        mlops.up();
        submit("unwanted");
        awaitCheckpoint("unwanted", 1);
        Mlops.Ended cancelled = mlops.run(SOON, "cancel", "unwanted", "--follow");
        assertThat(cancelled.exitCode()).as(cancelled.toString()).isZero();
        assertThat(state("unwanted")).isEqualTo("cancelled");
        Path saved = train("unwanted", 1, 1).resolve("result.json");
        assertThat(Files.readString(saved)).containsIgnoringCase("cancelled");

        Mlops.Ended retried = mlops.run(SOON, "retry", "unwanted");
        assertThat(retried.exitCode()).as(retried.toString()).isZero();
        Awaitility.await("run 2 trains").atMost(SOON).until(() -> Files.exists(train("unwanted", 2, 1)));
        assertThat(mlops.artifacts("unwanted").resolve("run-2/build")).doesNotExist();
        assertThat(mlops.run(SOON, "cancel", "unwanted", "--follow").exitCode()).isZero();
    }

    /** A training long enough to be killed in its midst, with a checkpoint every few seconds. */
    private void submit(String jobId) throws Exception {
        String file = JobText.example("reach-target.yaml")
                .with("job_id: reach-target", "job_id: " + jobId)
                .with("asset_id: reach-001", "asset_id: " + jobId)
                .with("max_steps: 50000", "max_steps: 20000")
                .with("num_envs: 2", "num_envs: 1")
                .with("summary_freq: 2500", "summary_freq: 1000")
                .with("checkpoint_interval: 10000", "checkpoint_interval: 3000")
                .in(folder, jobId + ".yaml");
        Mlops.Ended submitted = mlops.run(SOON, "submit", file);
        assertThat(submitted.exitCode()).as(submitted.toString()).isZero();
    }

    private Path train(String jobId, int run, int attempt) {
        return mlops.artifacts(jobId).resolve("run-" + run + "/train/attempt-" + attempt);
    }

    private void awaitCheckpoint(String jobId, int attempt) {
        Path checkpoints = train(jobId, 1, attempt).resolve("checkpoints");
        Awaitility.await("a checkpoint of " + jobId)
                .atMost(PATIENCE)
                .until(() -> Files.isDirectory(checkpoints)
                        && !find(checkpoints, "manifest.json").isEmpty());
    }

    /** Whether an attempt after the first has said how its training goes. */
    private boolean isTrainedOn(String jobId) throws Exception {
        for (Path log : find(mlops.artifacts(jobId), "trainer.log")) {
            if (!log.startsWith(train(jobId, 1, 1)) && Files.readString(log).contains(". Step: ")) {
                return true;
            }
        }
        return false;
    }

    private void assertFinishedLaterAndOnce(String jobId, JsonNode result) throws Exception {
        assertThat(result.path("state").textValue()).isEqualTo("succeeded");
        assertThat(result.path("training").path("resumed_from_step").longValue())
                .isPositive();
        assertThat(result.path("stages"))
                .filteredOn(stage -> stage.path("stage").textValue().equals("train"))
                .singleElement()
                .satisfies(stage -> assertThat(stage.path("attempt").intValue()).isGreaterThan(1));
        assertThat(result.path("models"))
                .singleElement()
                .satisfies(model -> assertThat(model.path("version").intValue()).isEqualTo(1));
        Mlops.Ended events = mlops.run(SOON, "events", jobId, "--json");
        assertThat(events.jsonLines().stream().map(event -> event.path("topic").textValue()))
                .as(events.toString())
                .containsOnlyOnce("build-completed", "training-completed", "model-registered");
    }

    /** By job, as they stand in the command lines of the running trainers. */
    private Map<String, Integer> basePorts() {
        Map<String, Integer> ports = new HashMap<>();
        for (ProcessHandle process : processesOfThisTest()) {
            Matcher trainer = TRAINER.matcher(process.info().commandLine().orElse(""));
            if (trainer.find()) {
                ports.put(trainer.group(1), Integer.parseInt(trainer.group(2)));
            }
        }
        return ports;
    }

    private String state(String jobId) throws Exception {
        return mlops.run(SOON, "jobs", "--json").jsonLines().stream()
                .filter(job -> job.path("job_id").textValue().equals(jobId))
                .map(job -> job.path("state").textValue())
                .findFirst()
                .orElseThrow();
    }

    /** Every process whose command line names this test's folder: services, editors, players, trainers. */
    private List<ProcessHandle> processesOfThisTest() {
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }

    private static List<Path> find(Path folder, String name) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .toList();
        }
    }

    private static JsonNode last(Mlops.Ended ended) throws Exception {
        return ended.jsonLines().getLast();
    }
}
