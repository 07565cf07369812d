package dev.unitymlops.stage.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ForgottenFoldersTest {
    @TempDir
    Path place;

    @Test
    void the_folder_of_a_living_process_stays_and_that_of_a_killed_one_goes() throws Exception {
        Process holder = holder();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            Path folder = Path.of(said.readLine());
            Files.createDirectories(folder.resolve("kafka/log"));
            Files.writeString(folder.resolve("kafka/log/segment"), "records");

            ForgottenFolders.deleteIn(place, HoldFolder.PREFIX);
            assertThat(folder.resolve("kafka/log/segment")).exists();

            holder.destroyForcibly().waitFor();
            assertThat(folder.resolve("kafka/log/segment")).exists();
            ForgottenFolders.deleteIn(place, HoldFolder.PREFIX);
            assertThat(folder).doesNotExist();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void this_processs_own_folder_is_left_and_still_locked_afterwards() throws Exception {
        try (var own = TemporaryFolder.in(place, HoldFolder.PREFIX)) {
            ForgottenFolders.deleteIn(place, HoldFolder.PREFIX);

            assertThat(own.path()).exists();
            assertThat(own.lock().isOpen()).isTrue();
        }
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void what_holds_no_lock_file_or_is_a_link_is_not_touched() throws Exception {
        Path unknown = Files.createDirectory(place.resolve(HoldFolder.PREFIX + "unknown"));
        Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve(TemporaryFolder.LOCK));
        Path link = Files.createSymbolicLink(place.resolve(HoldFolder.PREFIX + "link"), elsewhere);

        ForgottenFolders.deleteIn(place, HoldFolder.PREFIX);

        assertThat(unknown).exists();
        assertThat(link).exists();
        assertThat(elsewhere.resolve(TemporaryFolder.LOCK)).exists();
    }

    @Test
    void what_could_not_be_deleted_whole_is_still_known_the_next_time() throws Exception {
        Path folder;
        Thread writes;
        try (var own = TemporaryFolder.in(place, HoldFolder.PREFIX)) {
            folder = own.path();
            Path busy = Files.createDirectories(folder.resolve("busy"));
            writes = Thread.ofPlatform().start(() -> writeUntilInterrupted(busy));
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(busy.resolve("file-0")));
        }
        assertThat(Files.notExists(folder) || Files.exists(folder.resolve(TemporaryFolder.LOCK)))
                .as("gone, or marked as forgotten")
                .isTrue();

        writes.interrupt();
        writes.join();
        ForgottenFolders.deleteIn(place, HoldFolder.PREFIX);
        assertThat(place).isEmptyDirectory();
    }

    /** As a child process that is being killed: the folder is hardly ever empty when its turn to be deleted comes. */
    private static void writeUntilInterrupted(Path busy) {
        try {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                Files.createFile(busy.resolve("file-" + i));
            }
        } catch (IOException gone) {
            // the folder was deleted: nothing more to write to
            assertThat(busy).doesNotExist();
        }
    }

    private Process holder() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldFolder.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
