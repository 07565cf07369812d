package dev.unitymlops.registry.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pair of keys that provenance is signed with: Ed25519, or ECDSA on the curve P-256. Thread-safe. */
public final class SigningKey {

    /** How a file that it can read is made. */
    public static final String REMEDY =
            "make it with: openssl genpkey -algorithm ed25519 -out FILE; openssl pkey -in FILE -pubout >> FILE";

    private static final int P256_BITS = 256;
    private static final byte[] PROBE = {1};

    private final PrivateKey key;
    private final String algorithm;
    private final String id;

    private SigningKey(PrivateKey key, String algorithm, PublicKey publicKey) throws GeneralSecurityException {
        this.key = key;
        this.algorithm = algorithm;
        this.id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded()));
    }

    /**
     * Reads a PEM file that holds a private key (PKCS#8, without a passphrase) and its public key. No message quotes it.
     *
     * @throws IOException when it cannot be read or holds something else, saying what
     */
    public static SigningKey read(Path file) throws IOException {
        String pem = Files.readString(file);
        byte[] privateKey = block(pem, "PRIVATE KEY");
        byte[] publicKey = block(pem, "PUBLIC KEY");
        if (privateKey == null) {
            throw new IOException("it holds no block PRIVATE KEY (PKCS#8 without a passphrase)");
        }
        if (publicKey == null) {
            throw new IOException("it holds no block PUBLIC KEY");
        }
        SigningKey key = key("Ed25519", "Ed25519", privateKey, publicKey);
        key = key != null ? key : key("EC", "SHA256withECDSA", privateKey, publicKey);
        if (key == null) {
            throw new IOException("its key is neither Ed25519 nor ECDSA on the curve P-256");
        }
        return key;
    }

    /** SHA-256 of the public key (DER of its SubjectPublicKeyInfo), 64 lower-case hexadecimal digits. */
    public String id() {
        return id;
    }

    byte[] sign(byte[] message) {
        try {
            return signature(key, algorithm, message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that has signed before does not any more", e);
        }
    }

    private static byte @Nullable [] block(String pem, String label) throws IOException {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
                .matcher(pem);
        if (!block.find()) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw new IOException("its block " + label + " is not Base64", e);
        }
    }

    /** Null when the keys are of another kind. */
    private static @Nullable SigningKey key(String kind, String algorithm, byte[] privateKey, byte[] publicKey)
            throws IOException {
        try {
            KeyFactory factory = KeyFactory.getInstance(kind);
            PrivateKey signing = factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            if (signing instanceof ECPrivateKey ec
                    && ec.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
                return null;
            }
            PublicKey verifying = factory.generatePublic(new X509EncodedKeySpec(publicKey));
            requirePair(signing, verifying, algorithm);
            return new SigningKey(signing, algorithm, verifying);
        } catch (InvalidKeySpecException another) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java cannot sign with its key (" + algorithm + ")", e);
        }
    }

    private static void requirePair(PrivateKey signing, PublicKey verifying, String algorithm)
            throws GeneralSecurityException, IOException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(verifying);
        verifier.update(PROBE);
        if (!verifier.verify(signature(signing, algorithm, PROBE))) {
            throw new IOException("its public key is not that of its private key");
        }
    }

    private static byte[] signature(PrivateKey key, String algorithm, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(message);
        return signer.sign();
    }
}
