package dev.unitymlops.stage.artifacts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * One archive on its way to one folder. Links are made after every file is written, so that none is written through a
 * link. Used once, on one thread.
 */
final class Unpacking {

    private static final int ANY_EXECUTE = 0b001_001_001;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final PlayerArchive.Limits limits;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private int entries;
    private long bytes;

    Unpacking(Path folder, PlayerArchive.Limits limits) {
        this.folder = folder.toAbsolutePath().normalize();
        this.limits = limits;
    }

    Path unpack(Path archive) throws IOException {
        requireEmpty();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                InputStream gzip = new GzipCompressorInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(gzip, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                count();
                place(entry, tar);
            }
        }
        makeLinks();
        return folder;
    }

    /** What looks inside by its name may lead outside through another link: only the real path tells. */
    private void makeLinks() throws IOException {
        Path real = folder.toRealPath();
        for (Map.Entry<Path, String> link : links.entrySet()) {
            Path parent = Files.createDirectories(parent(link.getKey()));
            if (!parent.toRealPath().equals(real.resolve(folder.relativize(parent)))) {
                throw new IOException("archive entry " + link.getKey() + " lies behind another link");
            }
            Files.createSymbolicLink(link.getKey(), folder.getFileSystem().getPath(link.getValue()));
        }
        for (Path link : links.keySet()) {
            Symlinks.requireInside(link, real);
        }
    }

    private void requireEmpty() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new IOException(folder + " is not empty: an archive is unpacked into a folder of its own");
            }
        }
    }

    private void place(TarArchiveEntry entry, InputStream content) throws IOException {
        Path target = inside(entry.getName(), folder.resolve(relative(entry.getName())));
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            String link = entry.getLinkName();
            inside(entry.getName() + " -> " + link, target.resolveSibling(relative(link)));
            links.put(target, link);
        } else if (plainFile(entry)) {
            Files.createDirectories(parent(target));
            write(target, content);
            if ((entry.getMode() & ANY_EXECUTE) != 0) {
                makeExecutable(target);
            }
        } else {
            throw new IOException(
                    "archive entry " + entry.getName() + " is neither a file, a folder nor a symbolic link");
        }
    }

    /** {@link TarArchiveEntry#isFile} also takes pipes and devices for files. */
    private static boolean plainFile(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    /** CREATE_NEW, so that a name that comes twice is refused. */
    private void write(Path target, InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                bytes += n;
                if (bytes > limits.bytes()) {
                    throw new IOException("the archive unpacks to more than " + limits.bytes() + " bytes");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private void count() throws IOException {
        entries++;
        if (entries > limits.entries()) {
            throw new IOException("the archive has more than " + limits.entries() + " entries");
        }
    }

    private Path relative(String name) throws IOException {
        try {
            Path path = folder.getFileSystem().getPath(name);
            if (path.isAbsolute() || name.startsWith("/")) {
                throw new IOException("archive entry " + name + " names an absolute path");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new IOException("archive entry " + name + " is no path here", e);
        }
    }

    private Path inside(String what, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(folder)) {
            throw new IOException("archive entry " + what + " leads out of the archive's folder");
        }
        return normal;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? folder : parent;
    }

    private static void makeExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
