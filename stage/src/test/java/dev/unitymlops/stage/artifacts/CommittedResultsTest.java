package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.artifacts.AttemptResult.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedResultsTest {

    private static final String HASH = "a".repeat(64);

    @TempDir
    Path root;

    private JobFolder job;

    @BeforeEach
    void open() throws Exception {
        job = new ArtifactStore(root, List.of()).job("j1", "artifacts");
    }

    @Test
    void aLaterAttemptOfTheSameRunAndContentAdoptsTheEvent() throws Exception {
        BuildCompleted event = commitSuccess(1);
        job.attempt(1, Stage.BUILD, 2);

        assertThat(adopted(1, HASH)).containsExactly(event);
        assertThat(adopted(1, "b".repeat(64))).isEmpty();
        assertThat(adopted(2, HASH)).isEmpty();
    }

    @Test
    void failuresAndHalfWrittenResultsAreNotAdopted() throws Exception {
        commit(1, new Ending.Failed(FailureCause.TIMEOUT, List.of("no player"), List.of()));
        Files.writeString(job.attempt(1, Stage.BUILD, 2).resolve("result.json"), "{\"job_id\": \"j1\", ");
        Files.writeString(job.attempt(1, Stage.BUILD, 3).resolve("result.json"), "");
        Files.writeString(job.attempt(1, Stage.BUILD, 4).resolve("result.json"), "{\"outcome\": \"succeeded\"}");

        assertThat(adopted(1, HASH)).isEmpty();
    }

    @Test
    void anEventThatIsNoneOfThisSchemaIsNotAdopted() throws Exception {
        commitSuccess(1);
        Path file = job.path().resolve("run-1/build/attempt-1/result.json");
        Files.writeString(file, Files.readString(file).replace("\"build_target\"", "\"target\""));

        assertThat(adopted(1, HASH)).isEmpty();
    }

    @Test
    void aResultIsPleasantToReadAndNamesTheFilesOfItsOwnAttempt() throws Exception {
        commitSuccess(1);

        Path file = job.path().resolve("run-1/build/attempt-1/result.json");
        JsonNode result = new ObjectMapper().readTree(file.toFile());
        List<String> keys = new ArrayList<>();
        result.fieldNames().forEachRemaining(keys::add);

        assertThat(keys)
                .containsExactly(
                        "job_id",
                        "run",
                        "stage",
                        "attempt",
                        "content_hash",
                        "dry_run",
                        "outcome",
                        "started_at",
                        "completed_at",
                        "duration_seconds",
                        "cause",
                        "messages",
                        "files",
                        "versions",
                        "output");
        assertThat(file).content().contains("\n  \"started_at\" : \"2026-11-21T10:00:00Z\",\n");
        assertThat(result.get("duration_seconds").asDouble()).isEqualTo(1.5);
        assertThat(result.get("files")).hasSize(1);
        assertThat(result.at("/files/0/path").asText()).isEqualTo("player/player.tar.gz");
        assertThat(result.at("/files/0/size_bytes").asLong()).isEqualTo(6);
        assertThat(result.at("/output/schema").asText()).isEqualTo("dev.unitymlops.events.BuildCompleted");
        assertThat(result.get("versions").fieldNames()).toIterable().containsExactly("java", "unity-mlops");
    }

    @Test
    void theResultsOfARunComeBackAsTheyWereCommitted() throws Exception {
        Path attempt = job.attempt(1, Stage.BUILD, 2);
        ArtifactFile log = ArtifactFiles.describe(Files.writeString(attempt.resolve("editor.log"), "error\n"));
        AttemptResult failed =
                commit(2, new Ending.Failed(FailureCause.LICENCE, List.of("no seat", "try later"), List.of(log)));
        AttemptResult cancelled = commit(10, new Ending.Cancelled(List.of("cancelled by kim"), List.of()));
        BuildCompleted event = commitSuccess(11);

        assertThat(job.results(1)).containsExactly(failed, cancelled, Results.succeeded(id(11), HASH, event));
        assertThat(job.results(2)).isEmpty();
    }

    @Test
    void committingLeavesNoTemporaryFile() throws Exception {
        commitSuccess(1);

        assertThat(job.path().resolve("run-1/build/attempt-1")).isDirectoryNotContaining("glob:**.part");
    }

    private BuildCompleted commitSuccess(int attempt) throws Exception {
        Path folder = job.attempt(1, Stage.BUILD, attempt);
        Files.createDirectories(folder.resolve("player"));
        ArtifactFile player =
                ArtifactFiles.describe(Files.writeString(folder.resolve("player/player.tar.gz"), "player"));
        BuildCompleted event = Jobs.built(id(attempt), folder, HASH, player);
        job.commit(Results.succeeded(id(attempt), HASH, event));
        return event;
    }

    private AttemptResult commit(int attempt, Ending ending) throws Exception {
        AttemptResult result = Results.ended(id(attempt), HASH, ending);
        job.commit(result);
        return result;
    }

    private List<BuildCompleted> adopted(int run, String hash) throws Exception {
        return job.adopt(run, Stage.BUILD, hash, BuildCompleted.class).stream().toList();
    }

    private static AttemptId id(int attempt) {
        return new AttemptId("j1", 1, Stage.BUILD, attempt);
    }
}
