package dev.unitymlops.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.jobs.CancelCommand;
import dev.unitymlops.cli.jobs.EventsCommand;
import dev.unitymlops.cli.jobs.JobsCommand;
import dev.unitymlops.cli.jobs.LogsCommand;
import dev.unitymlops.cli.jobs.RetryCommand;
import dev.unitymlops.cli.jobs.SubmitCommand;
import dev.unitymlops.cli.jobs.WatchCommand;
import dev.unitymlops.cli.terminal.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with jobs, on a platform of this JVM that is found by its connection file. */
@Timeout(300)
class JobCommandsTest {
    private static final Path EXAMPLE = Path.of("../examples/simple-agent.yaml");

    @TempDir
    static Path folder;

    private static UpHere here;

    @BeforeAll
    static void up() throws Exception {
        here = UpHere.start(folder, Pipeline.STAGES);
    }

    @AfterAll
    static void down() {
        here.close();
    }

    private static RunAlone mlops(BiFunction<Say, FindCluster, Object> command, String... arguments) {
        return here.mlops(command, arguments);
    }

    private static RunAlone submit(Path file, String... more) {
        String[] arguments = Stream.concat(Stream.of("submit", file.toString(), "--json"), Stream.of(more))
                .toArray(String[]::new);
        return mlops(
                (say, find) -> new SubmitCommand(say, find, new ReadJobFile(Map.of()), Clock.systemUTC()), arguments);
    }

    private static RunAlone watch(String job) {
        return mlops(
                (say, find) -> new WatchCommand(say, find, Clock.systemUTC()), "watch", job, "--until-done", "--json");
    }

    private static RunAlone jobs(String... options) {
        String[] arguments =
                Stream.concat(Stream.of("jobs"), Stream.of(options)).toArray(String[]::new);
        return mlops((say, find) -> new JobsCommand(say, find, Clock.systemUTC()), arguments);
    }

    private static JsonNode listed(String job) {
        return jobs("--json").json().stream()
                .filter(row -> row.path("job_id").asText().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private static RunAlone cancel(String... arguments) {
        return mlops((say, find) -> new CancelCommand(say, find, Clock.systemUTC()), arguments);
    }

    private static RunAlone retry(String job) {
        return mlops((say, find) -> new RetryCommand(say, find, Clock.systemUTC()), "retry", job, "--json");
    }

    private static Path job(String id, String... changes) throws Exception {
        String text = Files.readString(EXAMPLE).replace("job_id: test-job", "job_id: " + id);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return Files.writeString(Files.createTempFile(folder, id, ".yaml"), text);
    }

    /** A real one whose build does not end by itself. */
    private static Path endless(String id) throws Exception {
        return job(id, "job_id: " + id, "job_id: " + id + """

                        dry_run: false
                        build_command: [sh, -c, "echo building; exec sleep 600"]""");
    }

    @Test
    void a_job_is_accepted_watched_and_told_in_order_and_is_a_duplicate_the_second_time() throws Exception {
        Path file = job("first");

        RunAlone accepted = submit(file);
        assertThat(accepted.code()).as(accepted.err()).isZero();
        assertThat(accepted.json().getFirst().path("answer").asText()).isEqualTo("accepted");

        RunAlone watched = watch("first");
        assertThat(watched.code()).as(watched.err()).isZero();
        assertThat(watched.json()).hasSize(1);
        assertThat(watched.json().getFirst().path("stages").findValuesAsText("stage"))
                .containsExactly("build", "train", "registry");

        List<JsonNode> events =
                mlops(EventsCommand::new, "events", "first", "--json").json();
        assertThat(events.stream().map(event -> event.path("topic").asText()))
                .containsExactly("job-requested", "build-completed", "training-completed", "model-registered");
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .allMatch(type -> type.startsWith("dev.unitymlops."));
        assertThat(events.getFirst().fieldNames())
                .toIterable()
                .containsExactly("topic", "partition", "offset", "time", "type", "run", "attempt");

        RunAlone again = submit(file);
        assertThat(again.code()).isZero();
        assertThat(again.json().getFirst().path("answer").asText()).isEqualTo("duplicate");
        assertThat(again.err()).contains("nothing was started");
        assertThat(watch("first").json().getFirst().path("stages"))
                .isEqualTo(watched.json().getFirst().path("stages"));
    }

    @Test
    void other_content_is_refused_and_the_first_job_stays_as_it_was() throws Exception {
        assertThat(submit(job("taken"), "--follow").code()).isZero();
        JsonNode before = watch("taken").json().getFirst();

        RunAlone refused = submit(job("taken", "max_steps: 100000", "max_steps: 7000"));

        assertThat(refused.code()).isEqualTo(3);
        JsonNode answer = refused.json().getFirst();
        assertThat(answer.path("answer").asText()).isEqualTo("rejected");
        assertThat(answer.path("existing_content_hash").asText())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(answer.path("content_hash").asText());
        assertThat(refused.err()).contains("--new-id");
        assertThat(watch("taken").json().getFirst().path("stages")).isEqualTo(before.path("stages"));
    }

    @Test
    void an_invalid_file_is_told_of_and_publishes_nothing() {
        RunAlone refused = submit(Path.of("../examples/invalid/ten-mistakes.yaml"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.json().getFirst().path("errors")).hasSize(10);
        assertThat(jobs("--json").json().stream().map(job -> job.path("job_id").asText()))
                .noneMatch(id -> id.startsWith("nightly"));
    }

    @Test
    void a_running_job_is_cancelled_and_starts_again_as_the_next_run() throws Exception {
        Path file = endless("endless");
        assertThat(submit(file).code()).isZero();

        RunAlone cancelled = cancel("cancel", "endless", "--follow", "--json", "--reason=enough");
        assertThat(cancelled.code()).as(cancelled.err()).isZero();
        assertThat(cancelled.json().getFirst().path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.json().getFirst().path("error").path("cause").asText())
                .isEqualTo("CANCELLED");
        assertThat(watch("endless").code()).isEqualTo(1);

        RunAlone nothingToCancel = cancel("cancel", "endless");
        assertThat(nothingToCancel.code()).isEqualTo(3);
        assertThat(nothingToCancel.err()).contains("nothing to cancel");

        RunAlone again = retry("endless");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().getFirst().path("run").intValue()).isEqualTo(2);

        RunAlone submittedAgain = submit(file);
        assertThat(submittedAgain.code()).as(submittedAgain.err()).isZero();
        assertThat(submittedAgain.json().getFirst().path("answer").asText())
                .as("the file still asks for run 1, which run 2 has followed")
                .isEqualTo("duplicate");
        RunAlone second = cancel("cancel", "endless", "--follow", "--json");
        assertThat(second.json().getFirst().path("run").intValue()).isEqualTo(2);
    }

    @Test
    void a_job_that_no_worker_could_take_is_said_to_be_so_with_stage_and_label() throws Exception {
        Path file = job("needs-tpu", "job_id: needs-tpu", """
                        job_id: needs-tpu
                        requires:
                          train: [tpu]""");
        var followed = CompletableFuture.supplyAsync(() -> submit(file, "--follow"));
        // Where the build worker has not shown itself yet, the job is unschedulable there for a moment first.
        JsonNode row = Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> listed("needs-tpu"),
                        seen -> seen.path("unschedulable")
                                .path("stage")
                                .asText()
                                .equals("train"));
        assertThat(row.path("state").asText()).isEqualTo("unschedulable");
        assertThat(row.path("unschedulable").path("missing"))
                .singleElement()
                .satisfies(label -> assertThat(label.asText()).isEqualTo("tpu"));
        assertThat(jobs().out())
                .contains("unschedulable", "no live train worker offers all that it requires; missing: tpu");

        assertThat(cancel("cancel", "needs-tpu", "--follow").code()).isZero();
        RunAlone told = followed.get(180, TimeUnit.SECONDS);
        assertThat(told.code()).isEqualTo(1);
        assertThat(told.err().lines().filter(line -> line.startsWith("train") && line.contains("missing: tpu")))
                .as("said once: %s", told.err())
                .hasSize(1);
        assertThat(listed("needs-tpu").path("state").asText()).isEqualTo("cancelled");
        assertThat(listed("needs-tpu").path("unschedulable").isMissingNode()).isTrue();
    }

    @Test
    void what_has_succeeded_is_not_started_again() throws Exception {
        assertThat(submit(job("done"), "--follow").code()).isZero();

        RunAlone refused = retry("done");

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("succeeded");
    }

    @Test
    void the_log_of_an_own_build_command_is_shown_line_by_line() throws Exception {
        Path file = job("logged", "job_id: logged", """
                        job_id: logged
                        dry_run: false
                        max_attempts: 1
                        build_command: [sh, -c, "echo one; echo two; exit 3"]""");
        assertThat(submit(file, "--follow").code()).isEqualTo(1);

        List<JsonNode> lines = mlops((say, find) -> new LogsCommand(say, find, Map.of()), "logs", "logged", "--json")
                .json();

        assertThat(lines.stream().map(line -> line.path("line").asText())).contains("one", "two");
        assertThat(lines.getFirst().path("file").asText()).startsWith("run-1/build/attempt-1/");
    }

    @Test
    void a_job_that_there_is_not_is_refused_with_the_one_that_was_meant() throws Exception {
        assertThat(submit(job("mistyped")).code()).isZero();

        RunAlone refused = watch("mistiped");

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("did you mean mistyped?");
    }
}
