package dev.unitymlops.registry.provenance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The Dead Simple Signing Envelope (DSSE, version 1) of an in-toto statement. */
final class Envelope {

    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private Envelope() {}

    /** One line of JSON, which is a bundle of one as well as an envelope. */
    static byte[] of(byte[] payload, SigningKey key) {
        Base64.Encoder base64 = Base64.getEncoder();
        // Nothing in it needs an escape.
        return "{\"payload\":\"%s\",\"payloadType\":\"%s\",\"signatures\":[{\"keyid\":\"%s\",\"sig\":\"%s\"}]}\n"
                .formatted(
                        base64.encodeToString(payload),
                        PAYLOAD_TYPE,
                        key.id(),
                        base64.encodeToString(key.sign(preAuthenticationEncoding(payload))))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What is signed ("PAE" of the DSSE protocol): lengths keep type and payload apart. */
    private static byte[] preAuthenticationEncoding(byte[] payload) {
        var encoded = new ByteArrayOutputStream(payload.length + 64);
        encoded.writeBytes("DSSEv1 %d %s %d "
                .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.length)
                .getBytes(StandardCharsets.US_ASCII));
        encoded.writeBytes(payload);
        return encoded.toByteArray();
    }
}
