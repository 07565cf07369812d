package dev.unitymlops.stage.artifacts;

import java.util.regex.Pattern;

/** What may become the name of a file or folder. */
final class Names {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    private Names() {}

    /** One path element on every file system: no separator, no leading dot, at most 128 characters. */
    static boolean safe(String name) {
        return SAFE.matcher(name).matches();
    }

    static void requireSafe(String name) {
        if (!safe(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name a folder: letters, digits, dot, underscore and hyphen, at most 128");
        }
    }
}
