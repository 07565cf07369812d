package dev.unitymlops.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What a job asks for, as one hash: SHA-256 of its canonical JSON (RFC 8785) with defaults filled in and paths as
 * written. When it was made and the ids of its provenance do not count: the same request from elsewhere is the same job.
 */
public final class ContentHash {
    /** Key of {@code metadata} under which the original's {@code created_at} is kept. */
    static final String CREATED_AT = "created_at";

    private ContentHash() {}

    /** 64 lower-case hexadecimal digits. */
    public static String of(TrainingJob job) {
        ObjectNode tree = JobJson.toJson(job);
        tree.remove("provenance");
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(CREATED_AT);
            metadata.remove("traceparent");
        }
        try {
            return sha256(new JsonCanonicalizer(Json.write(tree)).getEncodedUTF8());
        } catch (IOException e) {
            throw new UncheckedIOException("canonical JSON of a job", e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
