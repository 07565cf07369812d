package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a plan depends on.
 *
 * @param linuxX8664 where the CPython on Maven Central runs
 * @param gpu nvidia-smi lists one
 * @param root may install system packages
 * @param debian12 the system whose torch was tried
 * @param debianPython {@code /usr/bin/python3} that can make virtual environments; Debian's torch is built for it alone
 * @param debianTorch the version of the installed package python3-torch
 * @param pythons python3.10 and python3.11 of the PATH, in the order of preference
 */
record Machine(
        boolean linuxX8664,
        boolean gpu,
        boolean root,
        boolean debian12,
        Optional<Path> aptGet,
        Optional<Path> mvn,
        Optional<Interpreter> debianPython,
        Optional<Version> debianTorch,
        List<Interpreter> pythons) {

    static final Path SYSTEM_PYTHON = Path.of("/usr/bin/python3");
    private static final String VERSION_IF_VENV_WORKS =
            "import ensurepip, venv, platform; print(platform.python_version())";

    /** Asks this machine; starts a handful of short processes. */
    static Machine probe(Programs programs) {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        return new Machine(
                linux && System.getProperty("os.arch", "").equals("amd64"),
                programs.find("nvidia-smi")
                        .flatMap(smi -> programs.ask(smi.toString(), "-L"))
                        .filter(list -> list.contains("GPU "))
                        .isPresent(),
                linux && effectiveUserIsRoot(),
                isDebian12(Path.of("/etc/os-release")),
                programs.find("apt-get"),
                programs.find("mvn"),
                interpreter(programs, SYSTEM_PYTHON),
                debianVersion(programs, "python3-torch"),
                Stream.of("python3.10", "python3.11")
                        .flatMap(name -> programs.find(name).stream())
                        .flatMap(path -> interpreter(programs, path).stream())
                        .toList());
    }

    private static Optional<Interpreter> interpreter(Programs programs, Path python) {
        return programs.ask(python.toString(), "-c", VERSION_IF_VENV_WORKS)
                .flatMap(Version::parse)
                .map(version -> new Interpreter(python, version));
    }

    private static Optional<Version> debianVersion(Programs programs, String packageName) {
        return programs.find("dpkg-query")
                .flatMap(
                        query -> programs.ask(query.toString(), "-W", "-f=${db:Status-Status} ${Version}", packageName))
                .filter(answer -> answer.startsWith("installed "))
                .flatMap(answer -> Version.parse(answer.substring("installed ".length())));
    }

    /** os-release is shell syntax; for these two keys it is plain or in double quotes (os-release(5)). */
    static boolean isDebian12(Path osRelease) {
        if (!Files.isReadable(osRelease)) {
            return false;
        }
        var values = new Properties();
        try (var in = Files.newBufferedReader(osRelease)) {
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + osRelease, e);
        }
        var wanted = Map.of("ID", "debian", "VERSION_ID", "12");
        return wanted.entrySet().stream()
                .allMatch(key ->
                        values.getProperty(key.getKey(), "").replace("\"", "").equals(key.getValue()));
    }

    private static boolean effectiveUserIsRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException noProc) {
            return false; // then nothing is installed for the whole system
        }
    }
}
