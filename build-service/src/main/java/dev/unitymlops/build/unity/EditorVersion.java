package dev.unitymlops.build.unity;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of this host's editor without starting it, which takes seconds and a licence: Unity Hub and the images of
 * GameCI install each editor in a folder of its version's name, such as {@code .../6000.0.23f1/Editor/Unity}.
 */
public final class EditorVersion {

    /** There is no editor here: only jobs for the stand-in can be built. */
    public static final String SIMULATED = "simulated";

    /** There is one, in a folder that does not tell. */
    public static final String UNKNOWN = "unknown";

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+[abfpx]\\d+");

    private EditorVersion() {}

    /**
     * The version, or one of the two words above.
     *
     * @param executable a path, or a name that is looked for in {@code path}
     * @param path the PATH of this process
     */
    public static String of(String executable, String path) {
        return find(executable, path).map(EditorVersion::inPath).orElse(SIMULATED);
    }

    private static Optional<Path> find(String executable, String path) {
        Stream<Path> candidates = executable.contains("/")
                ? Stream.of(Path.of(executable))
                : Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, executable));
        return candidates
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static String inPath(Path editor) {
        Matcher version = VERSION.matcher(real(editor).toString());
        return version.find() ? version.group() : UNKNOWN;
    }

    /** Where links lead to; a file that has just gone counts as its name. */
    private static Path real(Path editor) {
        try {
            return editor.toRealPath();
        } catch (IOException gone) {
            return editor.toAbsolutePath();
        }
    }
}
