package dev.unitymlops.embedded;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A refusal, with the codes that Confluent's clients know. */
final class RegistryException extends RuntimeException {
    private final int status;
    private final int errorCode;

    private RegistryException(int status, int errorCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errorCode = errorCode;
    }

    private RegistryException(int status, int errorCode, String message) {
        this(status, errorCode, message, null);
    }

    /** HTTP status. */
    int status() {
        return status;
    }

    /** Confluent's {@code error_code}. */
    int errorCode() {
        return errorCode;
    }

    static RegistryException badRequest(String message) {
        return new RegistryException(400, 400, message);
    }

    static RegistryException unknownPath() {
        return new RegistryException(404, 404, "HTTP 404 Not Found");
    }

    static RegistryException noSubject(String subject) {
        return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryException noVersion(String version) {
        return new RegistryException(404, 40402, "Version " + version + " not found.");
    }

    static RegistryException noSchema() {
        return new RegistryException(404, 40403, "Schema not found");
    }

    static RegistryException noSubjectLevel(String subject) {
        return new RegistryException(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryException methodNotAllowed(String method) {
        return new RegistryException(405, 405, "HTTP 405 Method Not Allowed: " + method);
    }

    static RegistryException incompatible(String subject, CompatibilityLevel level, Iterable<String> violations) {
        return new RegistryException(
                409,
                40901,
                "Schema is incompatible with an earlier one of subject '" + subject + "' (level " + level + "): "
                        + String.join("; ", violations));
    }

    static RegistryException invalidSchema(String reason) {
        return new RegistryException(422, 42201, "Invalid schema: " + reason);
    }

    static RegistryException invalidVersion(String version) {
        return new RegistryException(
                422,
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are 1 or more, and latest");
    }

    static RegistryException invalidLevel(String level) {
        return new RegistryException(
                422,
                42203,
                "Invalid compatibility level '" + level + "'. Valid values are "
                        + Arrays.toString(CompatibilityLevel.values()));
    }

    static RegistryException permanentDeletion() {
        return new RegistryException(422, 42205, "This registry deletes softly only: leave out permanent=true");
    }

    static RegistryException superseded(Throwable cause) {
        return new RegistryException(
                503,
                50004,
                "Another registry writes to the same topic since: use that one, or stop it and restart this",
                cause);
    }

    static RegistryException notStored(Throwable cause) {
        return new RegistryException(500, 50001, "The registry's topic could not be written: " + cause, cause);
    }
}
