package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.Stage;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.stage.children.SupervisedChildren;
import dev.unitymlops.testkit.CloudStorageEmulator;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifact store at {@code gs://bucket/folder}, on an emulator of Cloud Storage. */
class StoreInBucketTest {

    private static final String HASH = "a".repeat(64);
    private static final String OTHER = "b".repeat(64);
    private static final AttemptId FIRST = new AttemptId("j1", 1, Stage.BUILD, 1);

    private static CloudStorageEmulator emulator;

    @TempDir
    private Path local;

    private ArtifactStore store;
    private JobFolder job;

    @BeforeAll
    static void start(@TempDir Path logs) throws Exception {
        emulator = CloudStorageEmulator.start(logs);
    }

    @AfterAll
    static void stop() throws Exception {
        if (emulator != null) {
            emulator.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        Map<String, String> settings = Map.of(
                "artifacts.root", "gs://" + emulator.newBucket() + "/artifacts", "gcs.endpoint", emulator.endpoint());
        store = Settings.of(settings).read(ArtifactSettings::from).store();
        job = store.job("j1", "artifacts");
    }

    @AfterEach
    void close() throws Exception {
        try (FileSystem bucket = store.root().getFileSystem()) {
            assertThat(bucket.isOpen()).isTrue();
        }
    }

    @Test
    void aCommittedResultIsAdoptedAndNamesItsFilesByTheirPlaceInTheBucket() throws Exception {
        Path attempt = job.attempt(1, Stage.BUILD, 1);
        ArtifactFile player = ArtifactFiles.keep(file("player", 3_000_000), attempt.resolve("player.tar.gz"));
        assertThat(player.getUri()).isEqualTo(store.root().toUri() + "/j1/run-1/build/attempt-1/player.tar.gz");

        job.claim(Jobs.job("j1"), HASH);
        job.commit(Results.succeeded(FIRST, HASH, Jobs.built(FIRST, attempt, HASH, player)));

        BuildCompleted adopted =
                job.adopt(1, Stage.BUILD, HASH, BuildCompleted.class).orElseThrow();
        assertThat(adopted.getBuild().getPlayer()).isEqualTo(player);
        assertThat(ArtifactFiles.fetch(player, local.resolve("fetched")))
                .hasSameBinaryContentAs(local.resolve("player"));
        assertThat(job.results(1))
                .singleElement()
                .satisfies(result -> assertThat(result.id()).isEqualTo(FIRST));
        assertThat(job.latestRun()).isEqualTo(1);
        assertThat(Files.readString(attempt.resolve("result.json"))).contains("\"path\" : \"player.tar.gz\"");
    }

    /** As when a worker that counts as lost is not: both think that they hold the attempt. */
    @Test
    void ofTwoThatCommitAtOnceOneWinsAndTheOtherLearnsIt() throws Exception {
        Path attempt = job.attempt(1, Stage.BUILD, 1);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Boolean>> commits = IntStream.range(0, 2)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    ArtifactFile player =
                            ArtifactFiles.keep(file("player-" + i, 1000 + i), attempt.resolve("player-" + i));
                    together.await();
                    try {
                        job.commit(Results.succeeded(FIRST, HASH, Jobs.built(FIRST, attempt, HASH, player)));
                        return true;
                    } catch (FileAlreadyExistsException e) {
                        return false;
                    }
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Boolean> won =
                    threads.invokeAll(commits).stream().map(Future::resultNow).toList();
            assertThat(won).containsOnlyOnce(true);
            assertThat(job.adopt(1, Stage.BUILD, HASH, BuildCompleted.class)
                            .orElseThrow()
                            .getBuild()
                            .getPlayer()
                            .getSizeBytes())
                    .isEqualTo(1000L + won.indexOf(true));
        }
    }

    @Test
    void aFolderBelongsToTheContentThatClaimedItFirst() throws Exception {
        assertThat(job.identity()).isEmpty();
        job.claim(Jobs.job("j1"), HASH);
        job.claim(Jobs.job("j1"), HASH);
        assertThat(job.identity()).contains(HASH);
        assertThatExceptionOfType(JobRefused.class)
                .isThrownBy(() -> job.claim(Jobs.job("j1"), OTHER))
                .withMessageContaining(HASH);
    }

    /** Its channel is never closed, as when its process is killed. */
    @Test
    void anAttemptThatDiesInMidUploadLeavesNothingThatCounts() throws Exception {
        Path attempt = job.attempt(1, Stage.BUILD, 1);
        OutputStream killed = Files.newOutputStream(attempt.resolve("player.tar.gz"));
        killed.write(Files.readAllBytes(file("player", 5_000_000)));

        assertThat(job.adopt(1, Stage.BUILD, HASH, BuildCompleted.class)).isEmpty();
        assertThat(job.attempts(1, Stage.BUILD)).isEmpty();
        assertThat(job.results(1)).isEmpty();
        ArtifactFile promised = ArtifactFiles.describe(local.resolve("player"));
        promised.setUri(attempt.resolve("player.tar.gz").toUri().toString());
        assertThatIOException().isThrownBy(() -> ArtifactFiles.fetch(promised, local.resolve("fetched")));
        assertThat(local.resolve("fetched")).doesNotExist();
    }

    @Test
    void aTrainingGoesOnFromTheLastWholeSet() throws Exception {
        Path attempt = job.attempt(1, Stage.TRAIN, 1);
        Path run = Files.createDirectories(local.resolve("results"));
        for (int step = 1; step <= 4; step++) {
            Path weights = Files.writeString(run.resolve("Reach.pt"), "weights at " + step);
            Path status = Files.writeString(run.resolve("status.json"), "{\"step\": " + step + "}");
            CheckpointSets.publish(run, List.of(weights, status), attempt, "step-" + step);
        }
        Path half = attempt.resolve("checkpoints/000005-step-5/Reach.pt");
        Files.writeString(half, "half");
        Path next = job.attempt(1, Stage.TRAIN, 2);

        assertThat(job.earlier(1, Stage.TRAIN, 2)).containsExactly(attempt);
        CheckpointSet last =
                CheckpointSets.latestComplete(List.of(next, attempt)).orElseThrow();
        assertThat(last.name()).isEqualTo("step-4");
        last.restore(local.resolve("resumed"));
        assertThat(local.resolve("resumed/Reach.pt")).hasContent("weights at 4");
        assertThat(Files.exists(attempt.resolve("checkpoints/000002-step-2/manifest.json")))
                .as("only two are kept")
                .isFalse();

        Files.writeString(last.folder().resolve("Reach.pt"), "weights of another");
        assertThat(CheckpointSets.latestComplete(List.of(attempt)).orElseThrow().name())
                .as("a damaged set is passed over")
                .isEqualTo("step-3");
    }

    @Test
    void manyFilesAreKeptSideBySideInTheirOrder() throws Exception {
        Path attempt = job.attempt(1, Stage.TRAIN, 1);
        List<KeepFiles.Kept> files = IntStream.range(0, 20)
                .mapToObj(i -> new KeepFiles.Kept(fileOf(i), attempt.resolve("files/" + i)))
                .toList();
        List<ArtifactFile> kept = KeepFiles.all(files);
        assertThat(kept)
                .extracting(ArtifactFile::getSizeBytes)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> 100_000L * i).toList());
        assertThat(KeepFiles.all(files))
                .as("once more, as a retried attempt does")
                .isEqualTo(kept);
        for (int i = 0; i < 20; i += 7) {
            assertThat(ArtifactFiles.fetch(kept.get(i), local.resolve("back-" + i)))
                    .hasSameBinaryContentAs(files.get(i).file());
        }
    }

    @Test
    void aProgramsLogIsInTheBucketWhenTheProgramHasEnded() throws Exception {
        Path log = job.attempt(1, Stage.TRAIN, 1).resolve("trainer.log");
        ChildExit exit = new SupervisedChildren(() -> Duration.ofSeconds(5))
                .run(new ChildCommand(
                        List.of("/bin/sh", "-c", "echo trained; exit 3"),
                        local,
                        Map.of(),
                        log,
                        line -> {},
                        Duration.ofMinutes(1)));
        assertThat(exit.code()).isEqualTo(3);
        assertThat(Files.readString(log)).isEqualTo("trained\n");
    }

    @Test
    void oneProcessOfThisMachineHasAJobsLock() throws Exception {
        try (JobLock held = job.lock()) {
            assertThat(held).isNotNull();
            assertThatExceptionOfType(JobRefused.class).isThrownBy(job::lock);
            store.job("j2", "artifacts").lock().close();
        }
        job.lock().close();
    }

    @Test
    void anOutputDirMayNameTheBucket() throws Exception {
        String root = store.root().toUri().toString();
        assertThat(store.job("j1", root).path()).isEqualTo(job.path());
        assertThat(store.problems("j1", root + "/elsewhere"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.getRemedy()).contains(root));
    }

    private Path fileOf(int number) {
        try {
            return file("file-" + number, 100_000 * number);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Path file(String name, int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(local.resolve(name), content);
    }
}
