package dev.unitymlops.cli.models;

import static java.util.Objects.requireNonNull;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.unity.ExportModel;
import dev.unitymlops.cli.unity.ExportedModel;
import dev.unitymlops.cli.unity.UnityProject;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops models export}. */
@Command(
        name = "export",
        description = "Put a version's model into a Unity project, and say what to set for inference.")
final class ExportCommand implements Callable<Integer> {
    private final Say say;
    private final FindRegistry find;

    @Parameters(paramLabel = "MODEL@V", description = "<asset id>/<behavior>@<number or alias>.")
    private String name = "";

    @Option(
            names = "--to-unity",
            required = true,
            paramLabel = "PROJECT",
            description = "Folder of the Unity project, which holds Assets and ProjectSettings.")
    private @Nullable Path project;

    ExportCommand(Say say, FindRegistry find) {
        this.say = say;
        this.find = find;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        VersionName wanted = VersionName.parse(name);
        var export = new ExportModel(UnityProject.at(requireNonNull(project)), say::tell);
        try (OpenRegistry registry = find.open()) {
            RegisteredVersion version = registry.version(wanted);
            if (version.file().verdict().rejected()) {
                say.tell(
                        "Version " + version.version() + " of " + wanted.model().name()
                                + " missed a gate of its job: "
                                + String.join("; ", version.file().verdict().missed()));
            }
            ExportedModel exported = export.export(registry.word(), version, to -> registry.fetch(version, to));
            say.answer(exported, text(exported));
        }
        return ExitCode.DONE.code();
    }

    private static String text(ExportedModel exported) {
        return "Version " + exported.version() + " of " + exported.model()
                + (exported.changed() ? " lies in " : " lay there before: ") + exported.asset() + " (GUID "
                + exported.guid() + ")"
                + "\nSet on the agent's Behavior Parameters:\n  "
                + String.join("\n  ", exported.behaviorParameters().lines());
    }
}
