package dev.unitymlops.cli.gc;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.build.unity.EarlierBuilds;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where only {@code mlops run} works, so that no cluster knows of live jobs. */
class GcCommandTest {
    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at(Instant.parse("2126-01-02T03:04:05Z"));
    private LeftJobs left;

    @BeforeEach
    void prepare() {
        left = new LeftJobs(new ArtifactStore(folder.resolve("artifacts"), List.of()));
    }

    @Test
    void what_is_old_goes_and_what_is_younger_stays() throws Exception {
        JobFolder old = left.failed("old");
        JobFolder young = left.failed("young");
        usedAt(young.path(), clock.instant().minus(Duration.ofDays(29)));

        Map<String, JsonNode> rows = rows(gc());

        assertThat(old.path()).doesNotExist();
        assertThat(young.path()).exists();
        assertThat(rows.get("old").path("action").asText()).isEqualTo("removed");
        assertThat(rows.get("old").path("bytes").asLong()).isGreaterThan(2000);
        assertThat(rows.get("old").path("reason").asText()).startsWith("not used since 20");
        assertThat(rows.get("young").path("reason").asText()).startsWith("used after 2125-12-03T");
        assertThat(rows(gc("--older-than=28d")).get("young").path("action").asText())
                .isEqualTo("removed");
        assertThat(folder.resolve("artifacts")).isEmptyDirectory();
    }

    @Test
    void a_dry_run_removes_nothing_and_says_what_would_go() throws Exception {
        JobFolder old = left.failed("old");

        RunAlone ran = gc("--dry-run");

        assertThat(old.attempts(1, Stage.TRAIN)).hasSize(1);
        assertThat(rows(ran).get("old").path("action").asText()).isEqualTo("would-remove");
        JsonNode total = ran.json().getLast();
        assertThat(total.path("removed_folders").asInt()).isOne();
        assertThat(total.path("removed_bytes").asLong()).isGreaterThan(2000);
        assertThat(total.path("dry_run").asBoolean()).isTrue();
    }

    @Test
    void what_a_registered_model_comes_from_stays_and_a_failed_attempt_before_it_goes() throws Exception {
        JobFolder job = left.registered("reach");

        rows(gc());

        assertThat(job.path().resolve("job.json")).exists();
        assertThat(job.attempts(1, Stage.BUILD)).hasSize(1);
        assertThat(job.attempts(1, Stage.TRAIN))
                .singleElement()
                .satisfies(kept -> assertThat(kept).endsWithRaw(Path.of("attempt-2")));
        assertThat(job.path().resolve("run-1/train/attempt-2/models/Reacher.onnx"))
                .exists();
        assertThat(job.results(1, Stage.REGISTRY)).hasSize(1);
    }

    @Test
    void a_registration_that_cannot_be_understood_protects_its_whole_job() throws Exception {
        JobFolder job = left.registered("reach");
        Files.writeString(job.path().resolve("run-1/registry/attempt-1/result.json"), "of a later version");

        assertThat(rows(gc()).get("reach").path("reason").asText()).isEqualTo("a registered model comes from it");
        assertThat(job.attempts()).hasSize(4);
    }

    @Test
    void a_registry_knows_models_whose_registration_is_not_in_the_store() throws Exception {
        JobFolder job = left.failed("reach");
        Path model = Files.write(folder.resolve("a.onnx"), new byte[10]);
        String player = "file:///mounted/elsewhere/reach/run-1/build/attempt-1/player.tar.gz";
        new RegisteredHere(folder.resolve("artifacts/registry")).add(model, "reach", player);

        rows(gc());

        assertThat(job.attempts(1, Stage.BUILD)).hasSize(1);
        assertThat(job.attempts(1, Stage.TRAIN)).isEmpty();
        assertThat(folder.resolve("artifacts/registry/reacher/Reacher/versions/1"))
                .isNotEmptyDirectory();
    }

    @Test
    void beyond_the_bytes_to_be_kept_successes_without_models_go_the_longest_unused_first() throws Exception {
        JobFolder longest = left.skipped("longest");
        JobFolder last = left.skipped("last");
        JobFolder failed = left.failed("failed");
        usedAt(longest.path(), clock.instant().minus(Duration.ofDays(3)));
        usedAt(last.path(), clock.instant().minus(Duration.ofDays(2)));
        usedAt(failed.path(), clock.instant().minus(Duration.ofDays(4)));
        long each = rows(gc("--dry-run")).get("longest").path("bytes").asLong();

        assertThat(rows(gc("--keep-bytes=1GiB")).values())
                .allSatisfy(row -> assertThat(row.path("action").asText()).isEqualTo("kept"));
        Map<String, JsonNode> rows = rows(gc("--keep-bytes=" + 2 * each));

        assertThat(longest.path()).doesNotExist();
        assertThat(rows.get("longest").path("reason").asText()).startsWith("more than ");
        assertThat(last.path()).exists();
        gc("--keep-bytes=0");
        assertThat(last.path()).doesNotExist();
        assertThat(failed.path()).exists();
    }

    @Test
    void a_job_that_mlops_run_works_on_stays() throws Exception {
        JobFolder job = left.failed("old");
        try (var lock = job.lock()) {
            JsonNode row = rows(gc()).get("old");
            assertThat(row.path("action").asText()).isEqualTo("kept");
            assertThat(row.path("reason").asText()).contains("is being run by");
            assertThat(lock).isNotNull();
        }
        gc();
        assertThat(job.path()).doesNotExist();
    }

    @Test
    void what_is_no_job_is_left_alone() throws Exception {
        Path stranger = Files.createDirectories(folder.resolve("artifacts/thesis"));
        Files.writeString(stranger.resolve("chapter-1"), "It was a dark and stormy night");
        Path link = Files.createSymbolicLink(folder.resolve("artifacts/link"), stranger);

        assertThat(rows(gc()).get("thesis").path("reason").asText()).contains("job.json");
        assertThat(stranger.resolve("chapter-1")).exists();
        assertThat(link).exists();
    }

    @Test
    void an_archive_that_another_build_took_is_not_old() throws Exception {
        JobFolder job = left.failed("old");
        usedAt(job.path(), clock.instant().minus(Duration.ofDays(40)));
        Path archive = job.path().resolve("run-1/build/attempt-1/player.tar.gz");
        EarlierBuilds.in(folder.resolve("work")).remember("f".repeat(64), ArtifactFiles.describe(archive));
        Path pointer = folder.resolve("work/builds/" + "f".repeat(64) + ".json");
        Files.setLastModifiedTime(pointer, FileTime.from(clock.instant().minus(Duration.ofDays(1))));

        assertThat(rows(gc()).get("old").path("action").asText()).isEqualTo("kept");
    }

    @Test
    void copies_of_projects_and_leftovers_go_as_well() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("work/projects/arena-1/0/Library"));
        Files.write(copy.resolve("cache"), new byte[5000]);
        Path leftover = Files.createDirectories(folder.resolve("artifacts/.gc-reach-1"));
        Files.write(leftover.resolve("player.tar.gz"), new byte[5000]);

        Map<String, JsonNode> rows = rows(gc());

        assertThat(copy).doesNotExist();
        assertThat(rows.get("0").path("kind").asText()).isEqualTo("working-copy");
        assertThat(leftover).doesNotExist();
        assertThat(rows.get(".gc-reach-1").path("kind").asText()).isEqualTo("temporary");
    }

    @Test
    void without_a_cluster_it_wants_to_hear_that_there_is_none() throws Exception {
        JobFolder old = left.failed("old");

        RunAlone ran = run("gc", "--data-dir=" + folder, "--set=artifacts.root=" + folder.resolve("artifacts"));

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("--no-cluster");
        assertThat(old.path()).exists();
    }

    @Test
    void an_amount_or_a_time_that_is_none_is_named() {
        assertThat(gc("--keep-bytes=200GB").err()).contains("'200GB' is no number of bytes", "2.5GiB");
        assertThat(gc("--older-than=soon").err()).contains("'soon' is not a duration");
    }

    /** By the folders' last names. */
    private static Map<String, JsonNode> rows(RunAlone ran) {
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().stream()
                .filter(row -> row.has("folder"))
                .collect(toMap(
                        row -> String.valueOf(
                                Path.of(row.path("folder").asText()).getFileName()),
                        row -> row,
                        (one, other) -> one));
    }

    private static void usedAt(Path used, Instant at) throws Exception {
        try (Stream<Path> all = Files.walk(used)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, FileTime.from(at));
            }
        }
    }

    private RunAlone gc(String... more) {
        String[] always = {
            "gc",
            "--json",
            "--no-cluster",
            "--set=artifacts.root=" + folder.resolve("artifacts"),
            "--set=work.dir=" + folder.resolve("work")
        };
        return run(Stream.of(always, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private RunAlone run(String... arguments) {
        return RunAlone.of(Map.of(), (say, find) -> new GcCommand(say, find, Map.of(), clock), arguments);
    }
}
