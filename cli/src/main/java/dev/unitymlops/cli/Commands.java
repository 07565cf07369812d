package dev.unitymlops.cli;

import dev.unitymlops.cli.cluster.ClusterOptions;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.completion.CompletionCommand;
import dev.unitymlops.cli.deadletters.DeadLettersCommand;
import dev.unitymlops.cli.doctor.DoctorCommand;
import dev.unitymlops.cli.gc.GcCommand;
import dev.unitymlops.cli.jobfile.InitCommand;
import dev.unitymlops.cli.jobfile.ReadJobFile;
import dev.unitymlops.cli.jobfile.ValidateCommand;
import dev.unitymlops.cli.jobs.CancelCommand;
import dev.unitymlops.cli.jobs.EventsCommand;
import dev.unitymlops.cli.jobs.JobsCommand;
import dev.unitymlops.cli.jobs.LogsCommand;
import dev.unitymlops.cli.jobs.RetryCommand;
import dev.unitymlops.cli.jobs.SubmitCommand;
import dev.unitymlops.cli.jobs.WatchCommand;
import dev.unitymlops.cli.models.ModelsCommand;
import dev.unitymlops.cli.platform.RunCommand;
import dev.unitymlops.cli.platform.UpCommand;
import dev.unitymlops.cli.schedules.PreviewCommand;
import dev.unitymlops.cli.schedules.ScheduleCommand;
import dev.unitymlops.cli.schedules.TicksCommand;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Terminal;
import dev.unitymlops.cli.topics.TopicsCommand;
import dev.unitymlops.cli.trainerenv.MakeTrainerEnv;
import dev.unitymlops.cli.trainerenv.TrainerEnvCommand;
import dev.unitymlops.cli.workers.WorkersCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Every command, wired by hand. */
final class Commands {
    private final CommandLine commandLine;

    Commands(Terminal terminal, Map<String, String> environment) {
        var say = new Say(terminal);
        var clock = Clock.systemUTC();
        var options = new ClusterOptions();
        var find = new FindCluster(options, environment);
        var read = new ReadJobFile(environment);
        commandLine = new CommandLine(new Mlops())
                .addMixin("say", say)
                .addMixin("cluster", options)
                .addSubcommand(new InitCommand(say))
                .addSubcommand(new ValidateCommand(say, read))
                .addSubcommand(new RunCommand(say, options, read, environment, clock))
                .addSubcommand(new UpCommand(say, options, environment))
                .addSubcommand(new SubmitCommand(say, find, read, clock))
                .addSubcommand(new WatchCommand(say, find, clock))
                .addSubcommand(new JobsCommand(say, find, clock))
                .addSubcommand(new EventsCommand(say, find))
                .addSubcommand(new LogsCommand(say, find, environment))
                .addSubcommand(new CancelCommand(say, find, clock))
                .addSubcommand(new RetryCommand(say, find, clock))
                .addSubcommand(WorkersCommand.with(say, find, clock))
                .addSubcommand(new CommandLine(new ScheduleCommand(say, find, environment, clock))
                        .addSubcommand(new PreviewCommand(say, clock)))
                .addSubcommand(new TicksCommand(say, find))
                .addSubcommand(ModelsCommand.with(say, find, environment, clock))
                .addSubcommand(new TopicsCommand(say, find))
                .addSubcommand(new DeadLettersCommand(say, find))
                .addSubcommand(new TrainerEnvCommand(say, new MakeTrainerEnv(say, environment, clock), environment))
                .addSubcommand(new GcCommand(say, find, environment, clock))
                .addSubcommand(new DoctorCommand(say, find, environment))
                .addSubcommand(new CompletionCommand(say));
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
