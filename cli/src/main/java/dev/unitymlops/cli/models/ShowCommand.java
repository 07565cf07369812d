package dev.unitymlops.cli.models;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlops models show}. */
@Command(name = "show", description = "Show a version: its gates, its training, and the way back to its scene.")
final class ShowCommand implements Callable<Integer> {
    private final Say say;
    private final FindRegistry find;

    @Parameters(paramLabel = "MODEL@V", description = "<asset id>/<behavior>@<number or alias>.")
    private String name = "";

    ShowCommand(Say say, FindRegistry find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        VersionName version = VersionName.parse(name);
        try (OpenRegistry registry = find.open()) {
            VersionView view = new ViewVersion(registry).of(version);
            say.answer(view, VersionText.of(view));
        }
        return ExitCode.DONE.code();
    }
}
