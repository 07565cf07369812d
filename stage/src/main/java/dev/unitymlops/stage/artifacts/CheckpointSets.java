package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of a running attempt, as sets under {@code <attempt folder>/checkpoints/<number>-<name>/}.
 *
 * <p>A set counts once its {@code manifest.json}, written last and with the hash of every file, is there and true; what
 * a killed attempt left half-copied is passed over. One thread publishes into an attempt's folder.
 */
public final class CheckpointSets {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSets.class);
    private static final String FOLDER = "checkpoints";
    private static final String MANIFEST = "manifest.json";
    private static final int KEPT = 2;
    private static final int COPIES_TRIED = 5;

    private CheckpointSets() {}

    /** What {@code manifest.json} holds. */
    record Manifest(String name, List<StoredFile> files) {}

    /**
     * Copies files of a running training into the store as its newest complete set, and deletes all but the last two.
     *
     * @param base folder that the files' relative paths start at
     * @param files files below {@code base}
     * @param attemptFolder the attempt's folder in the store
     * @param name a name for people, for example {@code step-12000}: letters, digits, dot, underscore and hyphen
     * @throws IOException when a file cannot be copied or keeps changing while it is copied
     */
    public static CheckpointSet publish(Path base, List<Path> files, Path attemptFolder, String name)
            throws IOException {
        Names.requireSafe(name);
        Path sets = Files.createDirectories(attemptFolder.resolve(FOLDER));
        Path folder = sets.resolve("%06d-%s".formatted(nextNumber(sets), name));
        List<StoredFile> stored = new ArrayList<>();
        for (Path file : files) {
            Path relative = base.relativize(file).normalize();
            if (relative.startsWith("..") || relative.isAbsolute()) {
                throw new IllegalArgumentException(file + " is not below " + base);
            }
            stored.add(copy(file, folder, StoredFile.slashed(relative)));
        }
        WholeFile.commit(folder.resolve(MANIFEST), StoreJson.pretty(new Manifest(name, stored)));
        deleteAllButTheLast(sets);
        return set(folder, new Manifest(name, stored));
    }

    /**
     * The newest complete set of the first folder that has one; incomplete and damaged sets are passed over and named
     * in the log.
     *
     * @param attemptFolders newest first
     */
    public static Optional<CheckpointSet> latestComplete(List<Path> attemptFolders) throws IOException {
        for (Path attempt : attemptFolders) {
            for (Path folder : newestFirst(attempt.resolve(FOLDER))) {
                Manifest manifest = trueManifest(folder);
                if (manifest != null) {
                    return Optional.of(set(folder, manifest));
                }
            }
        }
        return Optional.empty();
    }

    private static CheckpointSet set(Path folder, Manifest manifest) {
        return new CheckpointSet(
                manifest.name(),
                folder,
                manifest.files().stream().map(StoredFile::path).toList());
    }

    /** The trainer may be writing: a copy counts when size and time of the file were the same before and after it. */
    private static StoredFile copy(Path file, Path folder, String relative) throws IOException {
        Path target = folder.resolve(relative);
        Files.createDirectories(target.toAbsolutePath().getParent());
        for (int tried = 0; tried < COPIES_TRIED; tried++) {
            FileTime before = Files.getLastModifiedTime(file);
            Digested copied;
            try (OutputStream out = Files.newOutputStream(target)) {
                copied = Digested.copy(file, out);
            }
            if (Files.getLastModifiedTime(file).equals(before) && Files.size(file) == copied.sizeBytes()) {
                return new StoredFile(relative, copied.sha256(), copied.sizeBytes());
            }
        }
        throw new IOException(file + " kept changing while it was copied " + COPIES_TRIED + " times");
    }

    private static @Nullable Manifest trueManifest(Path folder) throws IOException {
        byte[] written;
        try {
            written = Files.readAllBytes(folder.resolve(MANIFEST));
        } catch (NoSuchFileException e) {
            LOG.warn("A checkpoint set without manifest is passed over set={}", folder);
            return null;
        }
        Manifest manifest;
        try {
            manifest = StoreJson.MAPPER.readValue(written, Manifest.class);
        } catch (IOException e) {
            LOG.warn("A checkpoint set whose manifest is unreadable is passed over set={}", folder, e);
            return null;
        }
        for (StoredFile stored : manifest.files()) {
            if (!stored.isTrueIn(folder)) {
                LOG.warn("A checkpoint set with a damaged file is passed over set={} file={}", folder, stored.path());
                return null;
            }
        }
        return manifest;
    }

    private static List<Path> newestFirst(Path sets) throws IOException {
        try (Stream<Path> folders = Files.list(sets)) {
            return folders.filter(folder -> number(folder) > 0)
                    .sorted(Comparator.comparingInt(CheckpointSets::number).reversed())
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    private static int nextNumber(Path sets) throws IOException {
        return newestFirst(sets).stream()
                        .findFirst()
                        .map(CheckpointSets::number)
                        .orElse(0)
                + 1;
    }

    private static int number(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d{6,9}-.+") ? Integer.parseInt(name.substring(0, name.indexOf('-'))) : 0;
    }

    private static void deleteAllButTheLast(Path sets) throws IOException {
        int kept = 0;
        for (Path folder : newestFirst(sets)) {
            if (kept < KEPT && Files.exists(folder.resolve(MANIFEST))) {
                kept++;
            } else {
                delete(folder);
            }
        }
    }

    /** The manifest first: what is half deleted does not count. */
    private static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(MANIFEST));
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            // In a bucket a folder is gone with the last object in it.
            Files.deleteIfExists(path);
        }
    }
}
