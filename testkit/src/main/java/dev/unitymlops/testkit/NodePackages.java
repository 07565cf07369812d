package dev.unitymlops.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A folder with the npm packages of a lock file, made once and again when that file has changed. */
public final class NodePackages {
    private static final String LOCK = "package-lock.json";

    private final Path folder;
    private final Path log;
    private final ForeignInstaller installer;

    /** @param folder where they are or will be; what npm says is beside it */
    public NodePackages(Path folder) {
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
        this.installer = new ForeignInstaller(log);
    }

    /**
     * The folder, whose {@code node_modules} has the packages; what imports them must lie in it. Skips the calling test where
     * there is no npm or no package registry, or fails it as {@link ForeignTools} says.
     *
     * @param project folder with {@code package.json} and its lock file
     */
    public Path of(Path project) throws IOException, InterruptedException {
        return ForeignTools.require(installed(project), "no npm packages of " + project + ", see " + log);
    }

    private Optional<Path> installed(Path project) throws IOException, InterruptedException {
        Path installed = folder.resolve("installed.json");
        String wanted = Files.readString(project.resolve(LOCK));
        if (Files.isRegularFile(installed) && Files.readString(installed).equals(wanted)) {
            return Optional.of(folder);
        }
        Files.createDirectories(folder);
        Files.deleteIfExists(log);
        for (String file : List.of("package.json", LOCK)) {
            Files.copy(project.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installer.ran(new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(folder.toFile()))) {
            return Optional.empty();
        }
        Files.writeString(installed, wanted);
        return Optional.of(folder);
    }
}
