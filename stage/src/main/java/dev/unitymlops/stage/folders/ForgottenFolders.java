package dev.unitymlops.stage.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary folders of this user whose process was killed before it could delete them. */
public final class ForgottenFolders {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenFolders.class);

    /** Nobody shall wait long for what others left. */
    private static final int AT_ONCE = 16;

    private ForgottenFolders() {}

    /**
     * Deletes some of them; one that cannot be deleted is told in the log and left.
     *
     * @param place where they were made; it need not be there
     * @param prefix with which their names begin
     */
    public static void deleteIn(Path place, String prefix) {
        if (!Files.isDirectory(place)) {
            return;
        }
        int deleted = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, prefix + "*")) {
            for (Path folder : folders) {
                if (deleted < AT_ONCE && deleteIfForgotten(folder)) {
                    deleted++;
                }
            }
        } catch (IOException e) {
            LOG.info("Temporary folders are not looked through place={} reason=\"{}\"", place, e.toString());
        }
    }

    /** All of them, as they are now. */
    public static List<Path> in(Path place, String prefix) throws IOException {
        List<Path> forgotten = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, prefix + "*")) {
                for (Path folder : folders) {
                    if (mayBeForgotten(folder) && whileUnlocked(folder, unlocked -> {})) {
                        forgotten.add(folder);
                    }
                }
            }
        }
        return forgotten;
    }

    /** Deletes one; false, with nothing deleted, when it is not forgotten any more. */
    public static boolean delete(Path folder) throws IOException {
        return mayBeForgotten(folder)
                && whileUnlocked(folder, unlocked -> DeleteTree.of(unlocked, TemporaryFolder.LOCK));
    }

    private static boolean mayBeForgotten(Path folder) throws IOException {
        return !TemporaryFolder.isOwn(folder) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isMine(folder);
    }

    private static boolean deleteIfForgotten(Path folder) {
        try {
            return delete(folder);
        } catch (IOException e) {
            LOG.info("A forgotten temporary folder is left folder={} reason=\"{}\"", folder, e.toString());
            return false;
        }
    }

    private static boolean isMine(Path folder) throws IOException {
        try {
            UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
            return owner.getName().equals(System.getProperty("user.name"));
        } catch (NoSuchFileException deletedByItsOwner) {
            return false;
        }
    }

    private interface What {
        void with(Path folder) throws IOException;
    }

    /** One without the file is being made just now, or is not ours. */
    private static boolean whileUnlocked(Path folder, What what) throws IOException {
        try (FileChannel lock = FileChannel.open(
                folder.resolve(TemporaryFolder.LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (lock.tryLock() == null) {
                return false;
            }
            what.with(folder);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }
}
