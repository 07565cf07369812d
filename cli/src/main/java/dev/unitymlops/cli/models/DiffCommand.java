package dev.unitymlops.cli.models;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops models diff}. */
@Command(name = "diff", description = "Show in what two versions differ, and by how much their figures do.")
final class DiffCommand implements Callable<Integer> {
    private final Say say;
    private final FindRegistry find;

    @Parameters(index = "0", paramLabel = "MODEL@V", description = "<asset id>/<behavior>@<number or alias>.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "MODEL@V", description = "What it is compared with.")
    private String second = "";

    DiffCommand(Say say, FindRegistry find) {
        this.say = say;
        this.find = find;
    }

    /**
     * Two versions.
     *
     * @param a number of the first
     */
    record Compared(String modelA, int a, String modelB, int b, List<Difference> differences) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        VersionName nameA = VersionName.parse(first);
        VersionName nameB = VersionName.parse(second);
        try (OpenRegistry registry = find.open()) {
            var view = new ViewVersion(registry);
            VersionView a = view.of(nameA);
            VersionView b = view.of(nameB);
            List<Difference> differences = Difference.between(a, b);
            say.answer(
                    new Compared(a.model(), a.version(), b.model(), b.version(), differences),
                    differences.isEmpty() ? "Nothing differs." : table(a, b, differences));
        }
        return ExitCode.DONE.code();
    }

    private static String table(VersionView a, VersionView b, List<Difference> differences) {
        boolean same = a.model().equals(b.model());
        var table = new Table(
                "FIELD",
                (same ? "" : a.model() + "@") + a.version(),
                (same ? "" : b.model() + "@") + b.version(),
                "CHANGE");
        differences.forEach(difference ->
                table.row(difference.field(), difference.shownA(), difference.shownB(), difference.shownChange()));
        return table.text();
    }
}
