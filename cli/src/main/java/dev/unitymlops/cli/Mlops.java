package dev.unitymlops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code mlops} itself: what its commands have in common. */
@Command(
        name = "mlops",
        description = "Builds Unity agents, trains them with ML-Agents and registers the models.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the job failed",
            "2:bad input",
            "3:refused, or something is missing here",
            "4:the brokers, the schema registry or the model registry do not answer",
            "130:interrupted"
        })
final class Mlops implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: mlops COMMAND.");
    }
}
