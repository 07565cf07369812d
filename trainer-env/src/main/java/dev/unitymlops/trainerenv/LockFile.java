package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The packages of the environment, each with its exact version; part of an environment's name, so that a changed file makes a new one. */
final class LockFile {
    static final String NAME = "trainer-core.txt";

    private LockFile() {}

    static String text() {
        return resource(NAME);
    }

    static String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException every) {
            throw new IllegalStateException("a Java platform without SHA-256", every);
        }
    }

    static String resource(String name) {
        try (var in = Objects.requireNonNull(LockFile.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name + " of this jar", e);
        }
    }
}
