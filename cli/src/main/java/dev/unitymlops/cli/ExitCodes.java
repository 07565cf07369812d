package dev.unitymlops.cli;

import dev.unitymlops.cli.jobfile.InvalidFile;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.embedded.EmbeddedStartException;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.trainerenv.TrainerEnvException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command did not come to its end, and with which exit code. */
final class ExitCodes implements IExecutionExceptionHandler {
    private final Say say;

    ExitCodes(Say say) {
        this.say = say;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof InvalidFile invalid) {
            say.answer(invalid.verdict(), "");
        }
        ExitCode code = of(thrown);
        if (code == ExitCode.FAILED) {
            say.tell("mlops " + command.getCommandName() + " stopped at an error that it does not know:");
            thrown.printStackTrace(say.terminal().err());
        } else {
            say.tell(Objects.requireNonNullElse(thrown.getMessage(), "interrupted"));
        }
        return code.code();
    }

    static ExitCode of(Exception thrown) {
        return switch (thrown) {
            case InvalidFile e -> ExitCode.INVALID;
            case Refused e -> ExitCode.MISSING;
            case EmbeddedStartException e -> ExitCode.MISSING;
            case TrainerEnvException e -> ExitCode.MISSING;
            case InterruptedException e -> ExitCode.INTERRUPTED;
            default -> ExitCode.of(thrown);
        };
    }
}
