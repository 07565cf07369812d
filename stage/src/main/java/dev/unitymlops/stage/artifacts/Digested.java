package dev.unitymlops.stage.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What went through a copy.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
record Digested(String sha256, long sizeBytes) {

    /** Copies the file to {@code out} in one pass, in constant memory. */
    static Digested copy(Path file, OutputStream out) throws IOException {
        MessageDigest digest = newSha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = in.transferTo(out);
            return new Digested(HexFormat.of().formatHex(digest.digest()), bytes);
        }
    }

    /** Reads the file without copying it. */
    static Digested of(Path file) throws IOException {
        return copy(file, OutputStream.nullOutputStream());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
