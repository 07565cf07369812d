package dev.unitymlops.build;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.stage.children.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts programs without a supervisor. */
final class PlainChildren implements Children {

    @Override
    public ChildExit run(ChildCommand command) throws StageFailure, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.argv())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(command.log().toFile());
        builder.environment().putAll(command.environment());
        try {
            Process process = builder.start();
            boolean inTime = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(command.log());
            lines.forEach(command.onLine());
            return new ChildExit(process.exitValue(), !inTime, lines);
        } catch (IOException notStarted) {
            if (notStarted.getMessage().startsWith("Cannot run program")) {
                throw StageFailure.user(command.argv().getFirst() + " is not installed")
                        .because(notStarted);
            }
            throw new UncheckedIOException(notStarted);
        }
    }
}
