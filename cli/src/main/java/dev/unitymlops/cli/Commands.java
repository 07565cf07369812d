package dev.unitymlops.cli;

import dev.unitymlops.cli.jobfile.InitCommand;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.jobfile.ValidateCommand;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Every command, wired by hand. */
final class Commands {
    private final CommandLine commandLine;

    Commands(Terminal terminal, Map<String, String> environment) {
        var say = new Say(terminal);
        var read = new ReadJobFile(environment);
        commandLine = new CommandLine(new Mlops())
                .addMixin("say", say)
                .addSubcommand(new InitCommand(say))
                .addSubcommand(new ValidateCommand(say, read));
        commandLine
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colors() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedSubcommandsAllowed(false)
                .setExecutionExceptionHandler(new ExitCodes(say));
    }

    int execute(String... arguments) {
        return commandLine.execute(arguments);
    }
}
