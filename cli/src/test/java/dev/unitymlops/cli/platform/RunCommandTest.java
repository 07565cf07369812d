package dev.unitymlops.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.events.Stage;
import dev.unitymlops.job.ContentHash;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.JobFile;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.CheckpointSets;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.stage.artifacts.JobLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs in this JVM, dry and with a program made for the purpose. */
@Timeout(300)
class RunCommandTest {
    private static final Path EXAMPLE = Path.of("../examples/simple-agent.yaml");

    @TempDir
    Path folder;

    @BeforeAll
    static void trust() {
        TrustedPackages.trust();
    }

    private RunAlone run(Path file, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "run",
                                file.toString(),
                                "--json",
                                "--data-dir=" + folder.resolve("data"),
                                "--set=artifacts.root=" + folder.resolve("artifacts")),
                        Stream.of(more))
                .toArray(String[]::new);
        return RunAlone.of(
                Map.of(),
                (say, find) ->
                        new RunCommand(say, find.options(), new ReadJobFile(Map.of()), Map.of(), Clock.systemUTC()),
                arguments);
    }

    private Path job(String name, String old, String replacement) throws Exception {
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(old);
        return Files.writeString(folder.resolve(name), text.replace(old, replacement));
    }

    @Test
    void a_dry_run_goes_all_the_way_and_is_shown_the_second_time_as_it_was() throws Exception {
        RunAlone first = run(EXAMPLE);

        assertThat(first.code()).as(first.err()).isZero();
        JsonNode result = first.json().getFirst();
        assertThat(first.json()).hasSize(1);
        assertThat(result.path("state").asText()).isEqualTo("succeeded");
        assertThat(result.path("dry_run").booleanValue()).isTrue();
        assertThat(result.path("training").isNull()).isTrue();
        assertThat(result.path("models")).isEmpty();
        assertThat(result.path("error").isNull()).isTrue();
        assertThat(result.path("events").findValuesAsText("topic"))
                .containsExactly("job-requested", "build-completed", "training-completed", "model-registered");
        assertThat(result.path("events").findValuesAsText("time")).isSorted();
        Path artifacts = folder.resolve("artifacts/test-job");
        for (String stage : List.of("build", "train", "registry")) {
            assertThat(artifacts.resolve("run-1/" + stage + "/attempt-1/result.json"))
                    .exists();
        }
        assertThat(artifacts.resolve("mlops.log")).isNotEmptyFile();

        RunAlone second = run(EXAMPLE);

        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("already succeeded").contains("--new-id");
        assertThat(second.json().getFirst().path("stages")).isEqualTo(result.path("stages"));
        assertThat(artifacts.resolve("run-2")).doesNotExist();
    }

    @Test
    void other_content_under_the_same_id_is_refused_with_both_hashes_unless_it_gets_an_id_of_its_own()
            throws Exception {
        Path other = job("other.yaml", "max_steps: 100000", "max_steps: 200000");
        ArtifactStore store = ArtifactStore.at(folder.resolve("artifacts").toString(), List.of());
        var mine = ((JobFile.Valid) JobFile.read(EXAMPLE, JobDefaults.none())).job();
        var others = ((JobFile.Valid) JobFile.read(other, JobDefaults.none())).job();
        store.job(mine).claim(mine, ContentHash.of(mine));

        RunAlone refused = run(other);

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains(ContentHash.of(mine), ContentHash.of(others), "--new-id");
        assertThat(folder.resolve("artifacts/test-job/run-1")).doesNotExist();

        RunAlone renamed = run(other, "--new-id");

        assertThat(renamed.code()).as(renamed.err()).isZero();
        assertThat(renamed.json().getFirst().path("job_id").asText()).startsWith("test-job-20");
    }

    @Test
    void a_job_that_another_process_runs_is_refused() throws Exception {
        ArtifactStore store = ArtifactStore.at(folder.resolve("artifacts").toString(), List.of());
        var job = ((JobFile.Valid) JobFile.read(EXAMPLE, JobDefaults.none())).job();
        try (JobLock lock = store.job(job).lock()) {
            RunAlone refused = run(EXAMPLE);

            assertThat(refused.code()).isEqualTo(3);
            assertThat(refused.err()).contains("is being run by process");
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    void after_a_failure_the_next_run_starts_and_the_exit_code_tells_the_truth() throws Exception {
        Path failing = job("failing.yaml", "job_id: test-job", """
                        job_id: failing
                        dry_run: false
                        max_attempts: 1
                        build_command: [sh, -c, "echo nothing is built; exit 7"]""");

        RunAlone first = run(failing, "--set=trainer.env=" + folder);
        RunAlone second = run(failing, "--set=trainer.env=" + folder);

        assertThat(List.of(first.code(), second.code())).containsExactly(1, 1);
        JsonNode result = first.json().getFirst();
        assertThat(result.path("state").asText()).isEqualTo("failed");
        assertThat(result.path("error").path("stage").asText()).isEqualTo("build");
        assertThat(result.path("error").path("message").asText()).contains("7");
        assertThat(second.json().getFirst().path("run").intValue()).isEqualTo(2);
        assertThat(folder.resolve("artifacts/failing/run-2/build/attempt-1/result.json"))
                .exists();
    }

    @Test
    void after_a_kill_the_next_run_starts_anew_and_says_how_far_the_one_before_came() throws Exception {
        var job = ((JobFile.Valid) JobFile.read(EXAMPLE, JobDefaults.none())).job();
        JobFolder killed = ArtifactStore.at(folder.resolve("artifacts").toString(), List.of())
                .job(job);
        killed.claim(job, ContentHash.of(job));
        Path weights = Files.writeString(folder.resolve("checkpoint.pt"), "weights");
        CheckpointSets.publish(folder, List.of(weights), killed.attempt(1, Stage.TRAIN, 1), "step-12000");

        RunAlone next = run(EXAMPLE);

        assertThat(next.code()).as(next.err()).isZero();
        assertThat(next.err())
                .contains(
                        "Run 1 did not come to its end (its last checkpoint is step-12000). Run 2 starts anew, at step 0.");
        assertThat(next.json().getFirst().path("run").intValue()).isEqualTo(2);
        assertThat(run(EXAMPLE).err()).doesNotContain("did not come to its end");
    }

    @Test
    void a_setting_that_there_is_not_starts_nothing() {
        RunAlone ran = run(EXAMPLE, "--set=worker.slotz=3");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("worker.slotz").contains("did you mean worker.slots?");
    }
}
