package dev.unitymlops.embedded;

/**
 * A schema under a subject.
 *
 * @param version counts within the subject, from 1
 * @param id the same for the same schema under any subject, from 1; it stands in every record
 * @param schema canonical text
 * @param deleted softly: its id is still answered, the subject no longer shows it
 */
record RegisteredSchema(String subject, int version, int id, String schema, boolean deleted) {

    RegisteredSchema asDeleted() {
        return new RegisteredSchema(subject, version, id, schema, true);
    }
}
