package dev.unitymlops.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Runs what installs packages in other languages.
 *
 * @param log what they say is added to it
 */
record ForeignInstaller(Path log) {
    private static final int MINUTES = 5;

    /** Whether it succeeded within five minutes; false as well where there is no such program. */
    boolean ran(ProcessBuilder program) throws IOException, InterruptedException {
        try {
            Process process = program.redirectErrorStream(true)
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
