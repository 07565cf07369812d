package dev.unitymlops.build.unity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One hash over all that a player is made of: two builds of one fingerprint give players that do the same. */
final class BuildFingerprint {

    private BuildFingerprint() {}

    /**
     * Empty when the project is made of more than its own files: packages of folders or of unpinned versions.
     *
     * @param digests of the project's files; its Unity version is in one of them
     */
    static Optional<String> of(Map<String, String> digests, Path project, String executable, BuildOrder order)
            throws IOException {
        if (!digests.containsKey("Packages/packages-lock.json") || new LocalPackages(project).any()) {
            return Optional.empty();
        }
        Map<String, String> parts = new TreeMap<>(digests);
        parts.put(" editor", executable + " " + order.target());
        parts.put(" build method", EditorSources.digest());
        parts.put(" script", Sha256.of(order.files().script()));
        parts.put(" spec", Sha256.of(Files.readString(order.files().spec())));
        return Optional.of(Sha256.of(parts.toString()));
    }
}
