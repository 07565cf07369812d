package dev.unitymlops.registry.registration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Texts in the alphabets that registries allow. What they lose by it stands in full in the version's provenance. */
public final class Legal {

    /** Of label values and model ids. */
    public static final int LONGEST = 63;

    private static final int DIGEST = 12;

    private Legal() {}

    /** A label value: lower case, digits, hyphens and underscores, at most 63. */
    public static String label(String text) {
        return cut(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_"), LONGEST);
    }

    /** A model id that no other name has: readable in front, a digest of the whole name behind. */
    public static String modelId(String name) {
        String readable = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return cut("unity-" + readable, LONGEST - DIGEST - 1) + "-" + cut(sha256(name), DIGEST);
    }

    /** A file name without anything that a URI would have to escape. */
    public static String fileName(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** In hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
