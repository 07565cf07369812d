package dev.unitymlops.build.unity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingCopiesTest {

    @TempDir
    Path root;

    private Path project;
    private WorkingCopies copies;

    @BeforeEach
    void makeProject() throws IOException {
        project = root.resolve("game");
        copies = new WorkingCopies(root.resolve("work"));
        write("Assets/A.cs", "a");
        write("Assets/Folder/B.cs", "b");
        write("ProjectSettings/ProjectVersion.txt", "v");
        write("Temp/x", "not ours");
    }

    @Test
    void aCopyHoldsWhatPeopleWroteAndNothingElse() throws Exception {
        assertThat(synced()).containsExactly("Assets/A.cs", "Assets/Folder/B.cs", "ProjectSettings/ProjectVersion.txt");
    }

    @Test
    void changesAndRemovalsReachTheCopy() throws Exception {
        synced();
        write("Assets/A.cs", "changed");
        Files.delete(project.resolve("Assets/Folder/B.cs"));
        Files.delete(project.resolve("Assets/Folder"));
        write("Assets/Folder", "now a file");

        assertThat(synced()).containsExactly("Assets/A.cs", "Assets/Folder", "ProjectSettings/ProjectVersion.txt");
        assertThat(copies.expected(project, 0).resolve("Assets/A.cs")).hasContent("changed");
    }

    @Test
    void whatABuildAddedIsTakenAwayButLibraryAndIdentitiesStay() throws Exception {
        synced();
        Path copy = copies.expected(project, 0);
        Files.createDirectories(copy.resolve("Library"));
        Files.writeString(copy.resolve("Library/cache"), "imported");
        Files.writeString(copy.resolve("Assets/A.cs.meta"), "identity of A");
        Files.writeString(copy.resolve("Assets/Gone.cs.meta"), "identity of nothing");
        Files.writeString(copy.resolve("Assets/Generated.cs"), "of the last job");

        assertThat(synced())
                .containsExactly(
                        "Assets/A.cs",
                        "Assets/A.cs.meta",
                        "Assets/Folder/B.cs",
                        "Library/cache",
                        "ProjectSettings/ProjectVersion.txt");
    }

    @Test
    void anUnchangedFileIsNotWrittenAnew() throws Exception {
        synced();
        Path copied = copies.expected(project, 0).resolve("Assets/A.cs");
        Object before = Files.readAttributes(copied, "unix:ino").get("ino");

        synced();

        assertThat(Files.readAttributes(copied, "unix:ino").get("ino")).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(copied)).isEqualTo(time("Assets/A.cs"));
    }

    @Test
    void twoAttemptsNeverShareACopy() throws Exception {
        try (WorkingCopy first = copies.take(project, 0);
                WorkingCopy second = new WorkingCopies(root.resolve("work")).take(project, 0)) {
            assertThat(second.folder()).isNotEqualTo(first.folder());
            assertThat(lockableElsewhere(first)).isFalse();
        }
        try (WorkingCopy again = copies.take(project, 0)) {
            assertThat(again.folder()).isEqualTo(copies.expected(project, 0));
        }
    }

    @Test
    void aCopyIsRemovedOnlyWhileNobodyHasItAndTheNextBuildMakesItAnew() throws Exception {
        synced();
        Path copy = copies.expected(project, 0);
        try (WorkingCopy inUse = copies.take(project, 0)) {
            assertThat(copies.remove(inUse.folder(), copies.takenAt(copy))).isFalse();
        }
        assertThat(copies.remove(copy, copies.takenAt(copy).minusSeconds(1))).isFalse();
        assertThat(copies.all()).containsExactly(copy);

        assertThat(copies.remove(copy, copies.takenAt(copy))).isTrue();

        assertThat(copies.all()).isEmpty();
        assertThat(copies.leftovers()).isEmpty();
        assertThat(synced()).contains("Assets/A.cs");
    }

    @Test
    void takingACopyIsItsUse() throws Exception {
        synced();
        Path copy = copies.expected(project, 0);
        Path lock = copy.resolveSibling("0.lock");
        Files.setLastModifiedTime(lock, FileTime.fromMillis(0));
        Instant before = copies.takenAt(copy);

        synced();

        assertThat(copies.takenAt(copy)).isAfter(before);
    }

    /** Asks another process, because what this one sees of its own locks proves nothing. */
    private static boolean lockableElsewhere(WorkingCopy copy) throws Exception {
        Path lock = copy.folder().resolveSibling(copy.folder().getFileName() + ".lock");
        String script = "import fcntl,sys; fcntl.lockf(open(sys.argv[1], 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)";
        return new ProcessBuilder("python3", "-c", script, lock.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void aCopyInWhichAForeignUnityLivesIsPassedOver() throws Exception {
        synced();
        Path copy = copies.expected(project, 0);
        Files.createDirectories(copy.resolve("Temp"));
        Files.writeString(copy.resolve("Temp/UnityLockfile"), "");
        Process unity = new ProcessBuilder("sh", "-c", "read line", "Unity", "-projectPath", copy.toString()).start();
        try {
            try (WorkingCopy taken = copies.take(project, 0)) {
                assertThat(taken.folder()).isEqualTo(copies.expected(project, 1));
            }
        } finally {
            unity.destroyForcibly().waitFor();
        }
        try (WorkingCopy taken = copies.take(project, 0)) {
            assertThat(taken.folder()).isEqualTo(copy);
        }
    }

    @Test
    void projectsOfOneNameHaveCopiesOfTheirOwn() {
        assertThat(copies.expected(root.resolve("a/game"), 0)).isNotEqualTo(copies.expected(root.resolve("b/game"), 0));
    }

    /** Every file of the copy, without the locks beside it. */
    private List<String> synced() throws Exception {
        try (WorkingCopy copy = copies.take(project, 0)) {
            copy.sync();
            try (Stream<Path> files = Files.walk(copy.folder())) {
                return files.filter(Files::isRegularFile)
                        .map(file -> copy.folder().relativize(file).toString())
                        .sorted()
                        .toList();
            }
        }
    }

    private FileTime time(String name) throws IOException {
        return Files.getLastModifiedTime(project.resolve(name));
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
