package dev.unitymlops.cli.jobfile;

import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.job.JobFile;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops init}. */
@Command(name = "init", description = "Write a commented job file to start from.")
public final class InitCommand implements Callable<Integer> {
    private final Say say;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "job.yaml",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of("job.yaml");

    @Option(names = "--force", description = "Write over a file that is already there.")
    private boolean force;

    public InitCommand(Say say) {
        this.say = say;
    }

    @Override
    public Integer call() throws IOException {
        OpenOption[] how = force
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            Files.writeString(file, JobFile.template(), how);
        } catch (FileAlreadyExistsException e) {
            throw new Refused(file + " is already there; name another file, or write over it with --force.");
        }
        say.answer(
                Map.of("file", file.toString()),
                "Wrote " + file + ". Next: mlops validate " + file + ", then mlops run " + file);
        return ExitCode.DONE.code();
    }
}
