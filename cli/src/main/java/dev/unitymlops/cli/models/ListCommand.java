package dev.unitymlops.cli.models;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.cli.view.Words;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops models list}. */
@Command(name = "list", description = "List the models, or the versions of one.")
final class ListCommand implements Callable<Integer> {
    private final Say say;
    private final FindRegistry find;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "<asset id>/<behavior>: list its versions.")
    private @Nullable String model;

    ListCommand(Say say, FindRegistry find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenRegistry registry = find.open()) {
            if (model == null) {
                models(registry);
            } else {
                versions(registry.word(), registry.history(VersionName.model(model)));
            }
        }
        return ExitCode.DONE.code();
    }

    private void models(OpenRegistry registry) throws InterruptedException {
        List<ModelRow> rows = registry.all().stream()
                .map(history -> ModelRow.of(registry.word(), history))
                .toList();
        var table = new Table("MODEL", "VERSIONS", "ALIASES", "LAST REWARD", "LAST REGISTERED");
        for (ModelRow row : rows) {
            say.answer(row, "");
            table.row(
                    row.model(),
                    String.valueOf(row.versions()),
                    row.shownAliases(),
                    reward(row.lastMeanReward()),
                    Objects.requireNonNullElse(row.lastRegisteredAt(), "-"));
        }
        if (!say.json()) {
            say.text(rows.isEmpty() ? "The " + registry.word() + " registry has no models yet." : table.text());
        }
    }

    private void versions(String word, ModelHistory history) {
        var table = new Table("VERSION", "ALIASES", "REWARD", "JOB", "REGISTERED", "NAME");
        for (ModelHistory.Line line : history.versions()) {
            VersionRow row = VersionRow.of(word, history, line);
            say.answer(row, "");
            table.row(
                    String.valueOf(row.version()),
                    row.aliases().isEmpty() ? (row.rejected() ? "(rejected)" : "-") : String.join(" ", row.aliases()),
                    reward(row.meanReward()),
                    Objects.requireNonNullElse(row.jobId(), "-"),
                    Objects.requireNonNullElse(row.registeredAt(), "-"),
                    row.displayName());
        }
        if (!say.json()) {
            say.text(table.text());
        }
    }

    private static String reward(@Nullable Double reward) {
        return reward == null ? "-" : Words.reward(reward);
    }
}
