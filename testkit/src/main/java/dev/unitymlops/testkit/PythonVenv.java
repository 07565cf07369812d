package dev.unitymlops.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A virtual environment with the packages of a requirements file, made once and again when that file has changed. */
public final class PythonVenv {
    private static final Path SYSTEM_PYTHON = Path.of("/usr/bin/python3");

    private final Path folder;
    private final Path log;
    private final ForeignInstaller installer;

    /** @param folder where it is or will be; what pip says is beside it */
    public PythonVenv(Path folder) {
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
        this.installer = new ForeignInstaller(log);
    }

    /**
     * Its python. Skips the calling test where none can be made (no python3 with venv, or no package index), or fails it
     * as {@link ForeignTools} says.
     *
     * @param requirements of pip
     */
    public Path with(Path requirements) throws IOException, InterruptedException {
        return ForeignTools.require(
                made(requirements), "no virtual environment with the packages of " + requirements + ", see " + log);
    }

    private Optional<Path> made(Path requirements) throws IOException, InterruptedException {
        Path python = folder.resolve("bin/python");
        Path installed = folder.resolve("installed.txt");
        String wanted = Files.readString(requirements);
        if (Files.isRegularFile(installed) && Files.readString(installed).equals(wanted)) {
            return Optional.of(python);
        }
        Files.createDirectories(folder.getParent());
        Files.deleteIfExists(log);
        boolean made = installer.ran(new ProcessBuilder(systemPython(), "-m", "venv", "--clear", folder.toString()))
                && installer.ran(new ProcessBuilder(
                        python.toString(),
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "--only-binary",
                        ":all:",
                        "-r",
                        requirements.toString()));
        if (!made) {
            return Optional.empty();
        }
        Files.writeString(installed, wanted);
        return Optional.of(python);
    }

    /** The system's own first: an earlier one on the PATH may be a shim. */
    private static String systemPython() {
        return Files.isExecutable(SYSTEM_PYTHON) ? SYSTEM_PYTHON.toString() : "python3";
    }
}
