package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs made for the purpose, real processes all: each writes its command line to a log and does what the genuine one would leave behind. */
final class MadePrograms {
    /** What stands for every pip that works. */
    static final String PIP_WORKS = "printf '#!/bin/sh\\necho usage: mlagents-learn\\n' > \"$here/mlagents-learn\";"
            + " chmod +x \"$here/mlagents-learn\"; echo Successfully installed mlagents-1.1.0";

    private final Path folder;

    MadePrograms(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The variables of a process that sees these programs before the system's. */
    Map<String, String> environment() {
        return Map.of("PATH", folder + ":/usr/bin:/bin");
    }

    Path program(String name, String script) throws IOException {
        var file = folder.resolve(name);
        var log = folder.resolve("log");
        Files.writeString(file, "#!/bin/sh\necho \"%s $*\" >> %s\n%s\n".formatted(name, log, script));
        file.toFile().setExecutable(true);
        return file;
    }

    /** A Python whose venv has the given effect first, and whose pip does what {@code pip} says, in {@code $here}. */
    Path python(String beforeVenv, String pip) throws IOException {
        return program("python3", """
                here=$(dirname "$0")
                case "$*" in
                  "-m venv"*) %s
                    for env; do :; done
                    mkdir -p "$env/bin"; cp "$0" "$env/bin/python" ;;
                  "-m pip install"*) %s ;;
                  "-c "*) echo python=3.11.2; echo torch=1.13.0a0; echo numpy=1.23.5 ;;
                esac""".formatted(beforeVenv, pip));
    }

    /** The command lines so far, one per call; a script given with -c fills more lines. */
    List<String> calls() throws IOException {
        try {
            return Files.readAllLines(folder.resolve("log"));
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
    }
}
