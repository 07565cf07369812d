package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.Stage;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {

    private static final String HASH = "a".repeat(64);
    private static final String OTHER = "b".repeat(64);

    @TempDir
    Path root;

    @Test
    void attemptsHaveTheirPlaceAndEarlierOnesComeNewestFirst() throws Exception {
        for (int attempt : List.of(1, 2, 9, 10, 11)) {
            folder().attempt(2, Stage.TRAIN, attempt);
        }
        Files.createDirectories(folder().path().resolve("run-2/train/attempt-x"));

        assertThat(root.resolve("j1/run-2/train/attempt-11")).isDirectory();
        assertThat(folder().earlier(2, Stage.TRAIN, 11))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("attempt-10", "attempt-9", "attempt-2", "attempt-1");
        assertThat(folder().earlier(1, Stage.TRAIN, 11)).isEmpty();
        assertThat(folder().latestRun()).isEqualTo(2);
    }

    @Test
    void theFirstClaimMakesTheIdentityAndTheSameContentMayClaimAgain() throws Exception {
        assertThat(folder().identity()).isEmpty();
        assertThat(folder().latestRun()).isZero();

        folder().claim(Jobs.job("j1"), HASH);
        folder().claim(Jobs.job("j1"), HASH);

        assertThat(folder().identity()).contains(HASH);
        assertThat(root.resolve("j1")).isDirectoryNotContaining("glob:**.part");
        assertThat(root.resolve("j1/job.json"))
                .content()
                .startsWith("{\n  \"job_id\" : \"j1\",\n  \"content_hash\" : \"" + HASH + "\",\n  \"job\" : {\n")
                .contains("\"observation_space\" : {\n");
    }

    @Test
    void otherContentUnderTheSameIdIsRefusedWithBothHashesAndLeftUntouched() throws Exception {
        folder().claim(Jobs.job("j1"), HASH);
        byte[] before = Files.readAllBytes(root.resolve("j1/job.json"));

        assertThatExceptionOfType(JobRefused.class)
                .isThrownBy(() -> folder().claim(Jobs.job("j1"), OTHER))
                .withMessageContainingAll("job_id", HASH, OTHER, "--new-id");
        assertThat(root.resolve("j1/job.json")).hasBinaryContent(before);
    }

    @Test
    void whatAPowerCutHasLeftOfAnIdentityCountsAsNone() throws Exception {
        Files.createDirectories(root.resolve("j1"));
        Files.writeString(root.resolve("j1/job.json"), "{\"job_id\": \"j1\", \"content_ha");

        assertThat(folder().identity()).isEmpty();
        folder().claim(Jobs.job("j1"), HASH);

        assertThat(folder().identity()).contains(HASH);
    }

    @Test
    void aSymbolicLinkDoesNotLetAJobWriteElsewhere() throws Exception {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("j1"), elsewhere);

        assertThatIOException()
                .isThrownBy(() -> folder().attempt(1, Stage.BUILD, 1))
                .withMessageContaining(elsewhere.toString());
    }

    @Test
    void aSecondRunOfTheSameJobIsRefusedWhileTheFirstHasTheLock() throws Exception {
        try (JobLock first = folder().lock()) {
            assertThat(first).isNotNull();
            assertThatExceptionOfType(JobRefused.class)
                    .isThrownBy(() -> folder().lock())
                    .withMessageContainingAll(
                            "j1", "process " + ProcessHandle.current().pid());
            new ArtifactStore(root, List.of()).job("j2", "artifacts").lock().close();
        }
        folder().lock().close();
    }

    @Test
    void theLockHoldsAgainstOtherProcessesAndEndsWithThem() throws Exception {
        Files.createDirectories(root.resolve("j1"));
        String hold = "import fcntl,sys; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX);"
                + " f.write('process 42'); f.flush(); print('held', flush=True); sys.stdin.read()";
        Process other = new ProcessBuilder(
                        "python3",
                        "-I",
                        "-S",
                        "-c",
                        hold,
                        root.resolve("j1/.lock").toString())
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThatExceptionOfType(JobRefused.class)
                    .isThrownBy(() -> folder().lock())
                    .withMessageContaining("process 42");
        } finally {
            other.destroyForcibly().waitFor();
        }
        folder().lock().close();
    }

    @Test
    void ofManyThatClaimAtOnceWithDifferentContentOneWins() throws Exception {
        List<String> hashes = IntStream.range(0, 8)
                .mapToObj(i -> Integer.toString(i).repeat(64))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(hashes.size())) {
            List<Future<Boolean>> claims = threads.invokeAll(hashes.stream()
                    .<Callable<Boolean>>map(hash -> () -> claims(hash))
                    .toList());

            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> claim : claims) {
                won.add(claim.get());
            }
            assertThat(won).containsOnlyOnce(true);
            assertThat(folder().identity()).contains(hashes.get(won.indexOf(true)));
        }
    }

    @Test
    void anyFileSystemOfJavaWillDo() throws Exception {
        Path zip = root.resolve("store.zip");
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            JobFolder folder = new ArtifactStore(other.getPath("/artifacts"), List.of()).job("j1", "artifacts");
            Path attempt = folder.attempt(1, Stage.BUILD, 1);
            AttemptId id = new AttemptId("j1", 1, Stage.BUILD, 1);

            folder.claim(Jobs.job("j1"), HASH);
            folder.commit(Results.succeeded(id, HASH, Jobs.built(id, attempt, HASH, null)));

            assertThat(folder.identity()).contains(HASH);
            assertThatExceptionOfType(JobRefused.class).isThrownBy(() -> folder.claim(Jobs.job("j1"), OTHER));
            assertThat(folder.adopt(1, Stage.BUILD, HASH, BuildCompleted.class)).isPresent();
        }
    }

    private boolean claims(String hash) throws Exception {
        try {
            folder().claim(Jobs.job("j1"), hash);
            return true;
        } catch (JobRefused refused) {
            return false;
        }
    }

    private JobFolder folder() throws JobRefused {
        return new ArtifactStore(root, List.of()).job("j1", "artifacts");
    }
}
