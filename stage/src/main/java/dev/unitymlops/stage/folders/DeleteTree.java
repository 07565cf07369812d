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
    private DeleteTree() {}

    static void of(Path folder) throws IOException {
        Files.walkFileTree(folder, new DeleteTree());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
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
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
        Files.deleteIfExists(folder);
        return FileVisitResult.CONTINUE;
    }
}
