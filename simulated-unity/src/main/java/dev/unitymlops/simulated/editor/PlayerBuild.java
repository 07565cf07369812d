package dev.unitymlops.simulated.editor;

import dev.unitymlops.simulated.player.PlayerMain;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes a player as Unity does for Linux: {@code Name.x86_64} and {@code Name_Data/} beside it; both may be moved together. */
final class PlayerBuild {

    private static final String SUFFIX = ".x86_64";

    private final Path player;
    private final Path data;

    PlayerBuild(Path player) {
        String file = String.valueOf(player.getFileName());
        String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        this.player = player;
        this.data = player.resolveSibling(name + "_Data");
    }

    /** Replaces an earlier build at the same place. @return the bytes of all files */
    long write(WorldDefinition definition) throws IOException {
        clear();
        Files.createDirectories(data);
        WorldFile.write(definition, data.resolve("world.json"));
        PlayerLibraries.copyTo(data.resolve("lib"));
        Files.writeString(player, script());
        Files.setPosixFilePermissions(player, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.size(player) + sizeOf(data);
    }

    private static long sizeOf(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void clear() throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> old = Files.walk(data)) {
            for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The player replaces the shell, so that its parent is who started it. */
    private String script() {
        return """
                #!/bin/sh
                # A simulated Unity player. It needs a Java of at least 21: MLOPS_SIM_JAVA, the one it was built with,
                # JAVA_HOME's, or the PATH's, whichever is there first.
                here=$(cd -P "$(dirname "$0")" && pwd) || exit 1
                for java in "${MLOPS_SIM_JAVA:-}" %s "${JAVA_HOME:+$JAVA_HOME/bin/java}"; do
                  [ -n "$java" ] && [ -x "$java" ] && break
                  java=java
                done
                exec "$java" %s -cp "$here/"%s"/lib/*" \\
                  %s --definition "$here/"%s"/world.json" "$@"
                """.formatted(
                        quoted(Jvm.java().toString()),
                        String.join(" ", Jvm.FLAGS),
                        quoted(String.valueOf(data.getFileName())),
                        PlayerMain.class.getName(),
                        quoted(String.valueOf(data.getFileName())));
    }

    /** As one word of a POSIX shell. */
    static String quoted(String word) {
        return "'" + String.join("'\\''", List.of(word.split("'", -1))) + "'";
    }
}
