package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayerArchiveTest {

    private static final String LONG_NAME = "Player_Data/" + "n".repeat(150) + "/é.assets";

    @TempDir
    Path folder;

    @Test
    void aPlayerComesBackWithExecBitsLongNamesEmptyFoldersAndLinks() throws Exception {
        Path back =
                PlayerArchive.unpack(PlayerArchive.pack(player("a"), folder.resolve("a.tar.gz")), folder.resolve("b"));

        assertThat(back.resolve("player.x86_64")).hasContent("elf").isExecutable();
        assertThat(Files.getPosixFilePermissions(back.resolve(LONG_NAME)))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("fresh"))));
        assertThat(back.resolve(LONG_NAME)).hasContent("data");
        assertThat(back.resolve("empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(back.resolve("Player_Data/link"))).isEqualTo(Path.of("../player.x86_64"));
    }

    @Test
    void theSameFolderGivesTheSameBytes() throws Exception {
        Path one = PlayerArchive.pack(player("a"), folder.resolve("a.tar.gz"));
        Path again = player("b");
        Files.setLastModifiedTime(again.resolve("player.x86_64"), FileTime.fromMillis(0));

        assertThat(PlayerArchive.pack(again, folder.resolve("b.tar.gz"))).hasSameBinaryContentAs(one);
    }

    @Test
    void aLinkThatLeadsOutOfThePlayerIsNotPacked() throws Exception {
        Path player = player("a");
        Files.createSymbolicLink(player.resolve("out"), Path.of("../fresh"));
        Files.createFile(folder.resolve("fresh"));

        assertThatIOException()
                .isThrownBy(() -> PlayerArchive.pack(player, folder.resolve("a.tar.gz")))
                .withMessageContaining("out");
    }

    @Test
    void entriesThatLeadOutOfTheFolderAreRefused() throws Exception {
        for (String name : Set.of("../evil", "a/../../evil", "/evil")) {
            refused(tar -> file(tar, name, "x"), name);
        }
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void linksThatLeadOutOfTheFolderAreRefused() throws Exception {
        refused(tar -> link(tar, "a", "/etc/passwd"), "absolute");
        refused(tar -> link(tar, "a", "../b"), "leads out");
        refused(tar -> link(tar, "a", "nowhere"), "does not lead");
        refused(
                tar -> {
                    file(tar, "d/e/f", "x");
                    link(tar, "d/e/up", "../..");
                    link(tar, "sly", "d/e/up/../etc");
                },
                "sly");
        refused(
                tar -> {
                    file(tar, "d/f", "x");
                    link(tar, "to", "d");
                    link(tar, "to/g", "f");
                },
                "behind another link");
    }

    @Test
    void aFileIsNeverWrittenThroughALink() throws Exception {
        Path archive = archive(tar -> {
            file(tar, "d/f", "kept");
            link(tar, "to", "d");
            file(tar, "to/f", "evil");
        });

        assertThatIOException().isThrownBy(() -> PlayerArchive.unpack(archive, folder.resolve("out")));
        assertThat(folder.resolve("out/d/f")).hasContent("kept");
    }

    @Test
    void aNameThatComesTwiceAndOtherKindsOfEntriesAreRefused() throws Exception {
        refused(
                tar -> {
                    file(tar, "a", "1");
                    file(tar, "a", "2");
                },
                "a");
        refused(tar -> entry(tar, new TarArchiveEntry("fifo", TarConstants.LF_FIFO)), "fifo");
        refused(
                tar -> {
                    TarArchiveEntry hard = new TarArchiveEntry("hard", TarConstants.LF_LINK);
                    hard.setLinkName("/etc/passwd");
                    entry(tar, hard);
                },
                "hard");
    }

    @Test
    void anArchiveThatUnpacksToMoreThanTheLimitsIsRefused() throws Exception {
        Path bomb = archive(tar -> {
            file(tar, "a", "x".repeat(1000));
            file(tar, "b", "x".repeat(1000));
        });

        assertThatIOException()
                .isThrownBy(() -> PlayerArchive.unpack(bomb, folder.resolve("c"), new PlayerArchive.Limits(10, 1999)))
                .withMessageContaining("1999");
        assertThatIOException()
                .isThrownBy(() -> PlayerArchive.unpack(bomb, folder.resolve("d"), new PlayerArchive.Limits(1, 9999)))
                .withMessageContaining("1 entries");
        PlayerArchive.unpack(bomb, folder.resolve("e"), new PlayerArchive.Limits(2, 2000));
    }

    @Test
    void aFolderThatIsNotEmptyIsRefused() throws Exception {
        Path archive = PlayerArchive.pack(player("a"), folder.resolve("a.tar.gz"));

        assertThatIOException()
                .isThrownBy(() -> PlayerArchive.unpack(archive, folder.resolve("a")))
                .withMessageContaining("not empty");
    }

    private Path player(String name) throws IOException {
        Path player = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(player.resolve("empty"));
        Files.createDirectories(player.resolve(LONG_NAME).getParent());
        Files.writeString(player.resolve(LONG_NAME), "data");
        Files.writeString(player.resolve("player.x86_64"), "elf");
        Files.setPosixFilePermissions(player.resolve("player.x86_64"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(player.resolve("Player_Data/link"), Path.of("../player.x86_64"));
        return player;
    }

    private void refused(Content content, String message) throws IOException {
        Path target = Files.createTempDirectory(folder, "target");
        Path archive = archive(content);

        assertThatIOException()
                .as(message)
                .isThrownBy(() -> PlayerArchive.unpack(archive, target))
                .withMessageContaining(message);
    }

    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private Path archive(Content content) throws IOException {
        Path archive = Files.createTempFile(folder, "test", ".tar.gz");
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file))) {
            content.write(tar);
        }
        return archive;
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        entry(tar, entry);
    }

    private static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
