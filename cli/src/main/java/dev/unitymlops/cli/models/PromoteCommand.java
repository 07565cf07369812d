package dev.unitymlops.cli.models;

import dev.unitymlops.job.Suggestion;
import dev.unitymlops.registry.registration.Promote;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.runtime.InvalidSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops models promote}. */
@Command(
        name = "promote",
        description = "Give a version the alias staging or production, through the gates of its job."
                + " Exit code 3 when it is refused.")
final class PromoteCommand implements Callable<Integer> {
    private final FindRegistry find;
    private final MoveAlias move;

    @Parameters(index = "0", paramLabel = "MODEL@V", description = "<asset id>/<behavior>@<number or alias>.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "staging or production.")
    private String alias = "";

    @Option(names = "--force", description = "Pass over missed gates and a missing approval; needs --reason.")
    private boolean force;

    @Mixin
    private MoveOptions options = new MoveOptions();

    PromoteCommand(FindRegistry find, MoveAlias move) {
        this.find = find;
        this.move = move;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        VersionName wanted = VersionName.parse(name);
        requireSense();
        try (OpenRegistry registry = find.open()) {
            RegisteredVersion version = registry.version(wanted);
            var wish = new MoveAlias.Wish("promote", wanted.model(), alias, version.version());
            return move.of(registry, wish, options.asked(force), options.tells());
        }
    }

    private void requireSense() {
        var problems = new ArrayList<InvalidSettings.Problem>();
        if (!Promote.STAGES.contains(alias)) {
            List<String> stages = Promote.STAGES.stream().sorted().toList();
            problems.add(new InvalidSettings.Problem(
                    "ALIAS",
                    alias,
                    "is no alias to promote to",
                    Suggestion.nearest(alias, stages)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("choose one of " + String.join(", ", stages))));
        }
        if (force && options.reason().isBlank()) {
            problems.add(new InvalidSettings.Problem(
                    "--reason", null, "is missing", "say why the gates are passed over, or leave --force out"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }
}
