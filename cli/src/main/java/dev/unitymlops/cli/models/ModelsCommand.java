package dev.unitymlops.cli.models;

import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Say;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mlops models}. */
@Command(name = "models", description = "Look at registered models, promote them and bring them into Unity projects.")
public final class ModelsCommand {
    private ModelsCommand() {}

    /** It with its own commands. */
    public static CommandLine with(Say say, FindCluster cluster, Map<String, String> environment, Clock clock) {
        var options = new RegistryOptions();
        var registry = new FindRegistry(options, cluster, environment, clock);
        var move = new MoveAlias(say, cluster, clock);
        return new CommandLine(new ModelsCommand())
                .addMixin("registry", options)
                .addSubcommand(new ListCommand(say, registry))
                .addSubcommand(new ShowCommand(say, registry))
                .addSubcommand(new DiffCommand(say, registry))
                .addSubcommand(new PromoteCommand(registry, move))
                .addSubcommand(new RollbackCommand(registry, move))
                .addSubcommand(new ApproveCommand(say, registry, clock))
                .addSubcommand(new ExportCommand(say, registry));
    }
}
