package dev.unitymlops.cli.completion;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in bash and zsh: source <(mlops completion)")
public final class CompletionCommand implements Callable<Integer> {
    private final Say say;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public CompletionCommand(Say say) {
        this.say = say;
    }

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        String script = AutoComplete.bash(root.name(), root.commandLine());
        say.answer(Map.of("script", script), script);
        return ExitCode.DONE.code();
    }
}
