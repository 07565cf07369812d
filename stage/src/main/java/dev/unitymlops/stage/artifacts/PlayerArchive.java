package dev.unitymlops.stage.artifacts;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A player as one {@code tar.gz} that keeps exec bits and symbolic links.
 *
 * <p>The same folder gives the same bytes on any machine: entries are sorted, and times and owners are left out.
 */
public final class PlayerArchive {

    private static final int EXECUTABLE = 0b111_101_101;
    private static final int PLAIN = 0b110_100_100;

    private PlayerArchive() {}

    /**
     * What an archive may hold; more is refused while unpacking, whatever its headers say.
     *
     * @param entries files, folders and links
     * @param bytes unpacked size
     */
    public record Limits(int entries, long bytes) {

        /** 200,000 entries and 64 GiB: above any player seen, below what fills a build host unnoticed. */
        public static final Limits DEFAULT = new Limits(200_000, 64L << 30);
    }

    /**
     * Packs everything below {@code folder} into {@code archive} and returns the archive.
     *
     * @throws IOException when something cannot be read, or a symbolic link leads out of the folder
     */
    public static Path pack(Path folder, Path archive) throws IOException {
        GzipParameters reproducible = new GzipParameters();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
                OutputStream gzip = new GzipCompressorOutputStream(file, reproducible);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Path path : contents(folder)) {
                add(tar, folder, path);
            }
        }
        return archive;
    }

    /** Unpacks into {@code folder}, which is created or empty, within {@link Limits#DEFAULT}, and returns it. */
    public static Path unpack(Path archive, Path folder) throws IOException {
        return unpack(archive, folder, Limits.DEFAULT);
    }

    /**
     * Unpacks into {@code folder}, which is created or empty, and returns it.
     *
     * @throws IOException when an entry leads out of the folder (absolute, {@code ..}, through a link), is of another
     *     kind than file, folder or symbolic link, or the archive exceeds the limits; what is unpacked by then stays
     */
    public static Path unpack(Path archive, Path folder, Limits limits) throws IOException {
        return new Unpacking(folder, limits).unpack(archive);
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(path -> !path.equals(folder))
                    .sorted((a, b) -> name(folder, a).compareTo(name(folder, b)))
                    .toList();
        }
    }

    private static void add(TarArchiveOutputStream tar, Path folder, Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            addLink(tar, folder, path);
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            put(tar, new TarArchiveEntry(name(folder, path) + "/"), EXECUTABLE);
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            TarArchiveEntry entry = new TarArchiveEntry(name(folder, path));
            entry.setSize(Files.size(path));
            put(tar, entry, Files.isExecutable(path) ? EXECUTABLE : PLAIN, path);
        } else {
            throw new IOException(path + " is neither a file, a folder nor a symbolic link: it cannot be archived");
        }
    }

    private static void addLink(TarArchiveOutputStream tar, Path folder, Path link) throws IOException {
        Symlinks.requireInside(link, folder.toRealPath());
        TarArchiveEntry entry = new TarArchiveEntry(name(folder, link), TarConstants.LF_SYMLINK);
        entry.setLinkName(StoredFile.slashed(Files.readSymbolicLink(link)));
        put(tar, entry, EXECUTABLE);
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode, Path... content)
            throws IOException {
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        for (Path file : content) {
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }

    private static String name(Path folder, Path path) {
        return StoredFile.slashed(folder.relativize(path));
    }
}
