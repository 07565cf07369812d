package dev.unitymlops.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.system.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops run}: one job, all of it in one process. */
class RunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Mlops mlops;

    @BeforeEach
    void prepare() {
        mlops = new Mlops(folder);
    }

    @AfterEach
    void stop() {
        mlops.close();
    }

    @Test
    void aDryJobLeavesAllButAPlayerAndAModel() throws Exception {
        Mlops.Ended ended = mlops.run(
                PATIENCE, "run", Checkout.file("examples/simple-agent.yaml").toString(), "--json");
        assertSucceeded("test-job", ended);
        assertThat(ended.json().path("dry_run").booleanValue()).isTrue();
        assertThat(ended.json().path("stages"))
                .extracting(stage -> stage.path("stage").textValue())
                .containsExactly("build", "train", "registry");
        Path run = mlops.artifacts("test-job").resolve("run-1");
        assertThat(run.resolve("build/attempt-1/generated/SimpleAgent.cs")).exists();
        assertThat(run.resolve("build/attempt-1/commands.json")).exists();
        assertThat(run.resolve("train/attempt-1/mlagents_config.yaml")).exists();
        assertThat(run.resolve("train/attempt-1/commands.json")).exists();
        for (String stage : List.of("build", "train", "registry")) {
            assertThat(run.resolve(stage).resolve("attempt-1/result.json")).exists();
        }
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.map(it -> it.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".onnx") || name.endsWith(".tar.gz"));
        }
    }

    @Test
    void twoAtOnceInOneFolderBothSucceed() throws Exception {
        Mlops.Running one = mlops.start("run", quick("one"), "--json");
        Mlops.Running other = mlops.start("run", quick("other"), "--json");
        assertSucceeded("one", one.await(PATIENCE));
        assertSucceeded("other", other.await(PATIENCE));
        for (Mlops.Running run : List.of(one, other)) {
            assertThat(run.await(PATIENCE).json().path("models"))
                    .singleElement()
                    .satisfies(model -> assertThat(model.path("version").intValue())
                            .as("one asset each")
                            .isEqualTo(1));
        }
    }

    @Test
    void aUnityThatBuildsNothingIsNotBelieved() throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        for (String part : List.of("Assets", "ProjectSettings", "Packages")) {
            Files.createDirectories(project.resolve(part));
        }
        Files.writeString(project.resolve("ProjectSettings/ProjectVersion.txt"), "m_EditorVersion: 6000.0.30f1\n");
        String job = JobText.example("reach-target.yaml")
                .with("unity_project_path: simulated:reach-target", "unity_project_path: " + project)
                .in(folder, "unity.yaml");
        Mlops.Ended ended = mlops.start(
                        Map.of("UNITY_EXECUTABLE", "/bin/true"),
                        "run",
                        job,
                        "--json",
                        "--set",
                        "train.mlagents-learn=/bin/true")
                .await(PATIENCE);
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.json().path("state").textValue()).isEqualTo("failed");
        assertThat(ended.json().path("error").path("stage").textValue()).isEqualTo("build");
        assertThat(ended.json().path("error").path("message").textValue()).containsIgnoringCase("player");
    }

    private String quick(String jobId) throws Exception {
        return JobText.example("slow-stage.yaml")
                .with("job_id: slow-stage", "job_id: " + jobId)
                .with("asset_id: slow-001", "asset_id: " + jobId + "-001")
                .with("sleep 2", "sleep 0")
                .with("EPISODES, STEPS = 120,", "EPISODES, STEPS = 3,")
                .in(folder, jobId + ".yaml");
    }

    private static void assertSucceeded(String jobId, Mlops.Ended ended) throws Exception {
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.json().path("job_id").textValue()).isEqualTo(jobId);
        assertThat(ended.json().path("state").textValue()).isEqualTo("succeeded");
    }
}
