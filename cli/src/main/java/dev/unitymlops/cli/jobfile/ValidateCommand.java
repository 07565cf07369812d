package dev.unitymlops.cli.jobfile;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops validate}. */
@Command(name = "validate", description = "Check a job file and tell everything that is wrong with it.")
public final class ValidateCommand implements Callable<Integer> {
    private final Say say;
    private final ReadJobFile read;

    @Parameters(paramLabel = "FILE", description = "A job file, YAML or JSON.")
    private @Nullable Path file;

    public ValidateCommand(Say say, ReadJobFile read) {
        this.say = say;
        this.read = read;
    }

    @Override
    public Integer call() {
        Verdict verdict = read.verdict(requireNonNull(file));
        verdict.warnings().forEach(warning -> say.tell("Warning: " + warning));
        say.answer(verdict, verdict.text());
        return (verdict.valid() ? ExitCode.DONE : ExitCode.INVALID).code();
    }
}
