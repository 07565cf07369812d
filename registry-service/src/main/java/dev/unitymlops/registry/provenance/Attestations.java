package dev.unitymlops.registry.provenance;

import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.runtime.Settings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a registry puts beside a model: the provenance statement, and where the service has a key the same statement
 * signed. Thread-safe.
 */
public final class Attestations {

    /** Behind the model file's name without its ending: the statement, for people and tools that do not verify. */
    public static final String STATEMENT = ".intoto.json";

    /** Behind the model file's whole name, as the in-toto attestation framework names bundles: the signed statement. */
    public static final String BUNDLE = ".intoto.jsonl";

    private static final String KEY = "provenance.signing-key";

    private final @Nullable SigningKey key;

    private Attestations(@Nullable SigningKey key) {
        this.key = key;
    }

    public static Attestations unsigned() {
        return new Attestations(null);
    }

    public static Attestations signedBy(SigningKey key) {
        return new Attestations(key);
    }

    /** Reads the setting of the key; a file that is no key is a problem of the settings. */
    public static Attestations from(Settings.Reader s) {
        String file = s.key(KEY, "PEM file with the key pair that provenance is signed with; empty: it is not signed.")
                .optionalText();
        if (file == null) {
            return unsigned();
        }
        try {
            return signedBy(SigningKey.read(Path.of(file)));
        } catch (NoSuchFileException missing) {
            s.problem(KEY, file, "there is no such file", SigningKey.REMEDY);
        } catch (IOException | InvalidPathException e) {
            s.problem(KEY, file, "cannot be read as a key: " + e.getMessage(), SigningKey.REMEDY);
        }
        return unsigned();
    }

    /**
     * The files' contents by name. The statement has the same bytes each time; the bundle has not with an ECDSA key, so
     * whoever finds one there leaves it.
     *
     * @param modelFile name of the model file beside them
     */
    public Map<String, byte[]> of(ModelVersion version, String modelFile) {
        byte[] statement = ProvenanceStatement.of(version, modelFile);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(withoutEnding(modelFile) + STATEMENT, statement);
        if (key != null) {
            files.put(modelFile + BUNDLE, Envelope.of(statement, key));
        }
        return files;
    }

    private static String withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
