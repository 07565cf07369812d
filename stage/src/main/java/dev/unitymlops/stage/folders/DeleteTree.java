package dev.unitymlops.stage.folders;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Deletes a folder with all in it; links are deleted, not followed, and what goes meanwhile is gone. */
final class DeleteTree extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Path last;

    private DeleteTree(Path folder, Path last) {
        this.folder = folder;
        this.last = last;
    }

    /**
     * Deletes.
     *
     * @param last file of the folder that goes last: when the rest cannot be deleted, it still marks the folder
     */
    static void of(Path folder, String last) throws IOException {
        Files.walkFileTree(folder, new DeleteTree(folder, folder.resolve(last)));
        Files.deleteIfExists(folder.resolve(last));
        Files.deleteIfExists(folder);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!file.equals(last)) {
            Files.deleteIfExists(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
        if (!visited.equals(folder)) {
            Files.deleteIfExists(visited);
        }
        return FileVisitResult.CONTINUE;
    }
}
