package dev.unitymlops.cli.models;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops models approve}. */
@Command(
        name = "approve",
        description = "Note that a person has approved a version, as registration.approval: manual demands.")
final class ApproveCommand implements Callable<Integer> {
    private final Say say;
    private final FindRegistry find;
    private final Clock clock;

    @Parameters(paramLabel = "MODEL@V", description = "<asset id>/<behavior>@<number or alias>.")
    private String name = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who approves. Default: the user of this machine.")
    private @Nullable String by;

    ApproveCommand(Say say, FindRegistry find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    /** A version that is approved. */
    record Approved(String registry, String model, int version, String approvedBy, String approvedAt) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        VersionName wanted = VersionName.parse(name);
        try (OpenRegistry registry = find.open()) {
            RegisteredVersion version = registry.version(wanted);
            var word = new Approval(MoveOptions.person(by), clock.instant().toString());
            registry.approve(version, word);
            Approval kept = registry.version(wanted(version)).approval();
            answer(registry, version, Objects.requireNonNullElse(kept, word));
        }
        return ExitCode.DONE.code();
    }

    /** By number: an alias may have moved meanwhile. */
    private static VersionName wanted(RegisteredVersion version) {
        return new VersionName(version.parent(), String.valueOf(version.version()));
    }

    private void answer(OpenRegistry registry, RegisteredVersion version, Approval kept) {
        String model = version.parent().name();
        say.answer(
                new Approved(registry.word(), model, version.version(), kept.by(), kept.at()),
                "Version " + version.version() + " of " + model + " is approved by " + kept.by() + ", since "
                        + kept.at() + ".");
    }
}
