package dev.unitymlops.build.unity;

/**
 * How Unity calls a player.
 *
 * @param file name of what is started: a file, on macOS a bundle (folder)
 */
public record PlayerName(String file) {

    /** @param target Unity's {@code -buildTarget} */
    static PlayerName of(String name, String target) {
        return new PlayerName(name
                + switch (target) {
                    case "Win64", "StandaloneWindows64" -> ".exe";
                    case "OSXUniversal", "StandaloneOSX" -> ".app";
                    default -> ".x86_64";
                });
    }
}
