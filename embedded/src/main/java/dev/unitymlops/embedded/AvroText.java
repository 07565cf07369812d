package dev.unitymlops.embedded;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Avro schemas as text; two texts mean the same schema when their canonical texts are equal. */
final class AvroText {
    private AvroText() {}

    /**
     * Reads a schema.
     *
     * @throws AvroRuntimeException when it is none
     */
    static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }

    /**
     * Writes a schema without regard to white space and the order of keys. Unlike Avro's parsing canonical form it keeps
     * defaults, logical types and docs, as Confluent's registry does: they matter to readers.
     */
    static String canonical(Schema schema) {
        return schema.toString();
    }
}
