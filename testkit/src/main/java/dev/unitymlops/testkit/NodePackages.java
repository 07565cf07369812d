package dev.unitymlops.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A folder with the npm packages of a lock file, made once and again when that file has changed. */
public final class NodePackages {
    private static final String LOCK = "package-lock.json";
    private static final int MINUTES = 5;

    private final Path folder;
    private final Path log;

    /** @param folder where they are or will be; what npm says is beside it */
    public NodePackages(Path folder) {
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
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
        if (!ran("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")) {
            return Optional.empty();
        }
        Files.writeString(installed, wanted);
        return Optional.of(folder);
    }

    private boolean ran(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try {
                return process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException notStarted) {
            Files.writeString(log, notStarted + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return false;
        }
    }
}
