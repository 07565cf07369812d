package dev.unitymlops.simulated.editor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unity's command line for a training build. Unlike Unity, which passes over what it does not know, this editor refuses
 * it: a misspelt flag then shows here and not in a studio's night build.
 *
 * @param project {@code -projectPath}
 * @param buildTarget {@code -buildTarget}
 * @param method {@code -executeMethod}
 * @param output {@code -buildOutput}, the player to write
 * @param spec {@code -mlopsBuildSpec}
 */
record EditorArguments(Path project, String buildTarget, String method, Path output, Path spec) {

    private static final Set<String> SWITCHES = Set.of("-batchmode", "-nographics", "-quit", "-accept-apiupdate");
    private static final List<String> REQUIRED =
            List.of("-projectPath", "-buildTarget", "-executeMethod", "-buildOutput", "-mlopsBuildSpec");
    private static final String LOG = "-logFile";

    /** @throws BuildFailure naming every argument that is unknown or missing */
    static EditorArguments parse(String... args) {
        List<String> problems = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        boolean batchMode = false;
        for (int index = 0; index < args.length; index++) {
            String flag = args[index];
            if (SWITCHES.contains(flag)) {
                batchMode |= flag.equals("-batchmode");
            } else if (!REQUIRED.contains(flag) && !flag.equals(LOG)) {
                problems.add("Unknown command line argument: " + flag);
            } else if (index + 1 == args.length) {
                problems.add("Command line argument " + flag + " has no value.");
            } else {
                index++;
                values.put(flag, args[index]);
            }
        }
        if (!batchMode) {
            problems.add("This editor has no window: -batchmode is missing.");
        }
        REQUIRED.stream()
                .filter(flag -> !values.containsKey(flag))
                .forEach(flag -> problems.add("Command line argument " + flag + " is missing."));
        if (!problems.isEmpty()) {
            throw new BuildFailure(problems);
        }
        return new EditorArguments(
                Path.of(values.getOrDefault("-projectPath", "")).toAbsolutePath(),
                values.getOrDefault("-buildTarget", ""),
                values.getOrDefault("-executeMethod", ""),
                Path.of(values.getOrDefault("-buildOutput", "")).toAbsolutePath(),
                Path.of(values.getOrDefault("-mlopsBuildSpec", "")).toAbsolutePath());
    }

    /** Where the log goes, also when other arguments are wrong; null: standard output. */
    static @Nullable Path log(String... args) {
        int flag = List.of(args).indexOf(LOG);
        return flag < 0 || flag + 1 >= args.length || args[flag + 1].equals("-") ? null : Path.of(args[flag + 1]);
    }
}
