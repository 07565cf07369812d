package dev.unitymlops.registry.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A pair of keys as PEM, made for one test. */
public record TestKeys(KeyPair pair) {

    /** With a key that signs the same text another way each time. */
    public static Attestations ecdsaAttestations() {
        try {
            Path folder = Files.createTempDirectory("keys");
            Path file = of("P-256").file(folder);
            try {
                return Attestations.signedBy(SigningKey.read(file));
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param kind Ed25519, or a curve of ECDSA by NIST's name */
    static TestKeys of(String kind) throws GeneralSecurityException {
        if (kind.equals("Ed25519")) {
            return new TestKeys(KeyPairGenerator.getInstance(kind).generateKeyPair());
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(kind.equals("P-256") ? "secp256r1" : "secp384r1"));
        return new TestKeys(generator.generateKeyPair());
    }

    String privatePem() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    String publicPem() {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    /** Both, as the setting wants them. */
    Path file(Path folder) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ".pem"), privatePem() + publicPem());
    }

    Path publicFile(Path folder) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "public", ".pem"), publicPem());
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }
}
