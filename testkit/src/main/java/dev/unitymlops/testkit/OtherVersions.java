package dev.unitymlops.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Made-up older and newer versions of a schema, each as far away as FULL_TRANSITIVE allows, at every depth. Used once per
 * schema, by one thread.
 */
public final class OtherVersions {

    /** A symbol that every enum of the newer version has and ours do not. */
    public static final String NEWER_SYMBOL = "OF_A_NEWER_VERSION";

    /** A field that every record of the newer version has and ours do not. */
    public static final String NEWER_FIELD = "of_a_newer_version";

    private final boolean newer;
    private final Set<String> kept;
    private final Map<String, Schema> made = new HashMap<>();

    /** Names of records that stand in arrays. */
    private final Set<String> elements = new HashSet<>();

    private OtherVersions(boolean newer, Set<String> kept) {
        this.newer = newer;
        this.kept = kept;
    }

    /**
     * Only the fields that have been there from the beginning: those without a default. Records in arrays are as they are
     * now: Avro 1.12.2 refuses an array whose elements are shorter than any element of the reader's schema can be
     * (GenericDatumReader.ensureAvailableCollectionBytes), which those of a schema without any default are.
     *
     * @param kept names of fields with a default that the older version has all the same
     */
    public static Schema older(Schema schema, String... kept) {
        OtherVersions versions = new OtherVersions(false, Set.of(kept));
        versions.noteElements(schema, false, new HashSet<>());
        return versions.of(schema);
    }

    /** With a field more in each record, at its beginning, and a symbol more in each enum that has a default. */
    public static Schema newer(Schema schema) {
        return new OtherVersions(true, Set.of()).of(schema);
    }

    /** What a program with the schema {@code reader} makes of bytes that one with {@code writer} wrote. */
    public static GenericRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    /** The record's bytes, by its own schema. */
    public static byte[] written(IndexedRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<IndexedRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private void noteElements(Schema schema, boolean inArray, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName() + inArray)) {
                    if (inArray) {
                        elements.add(schema.getFullName());
                    }
                    schema.getFields().forEach(field -> noteElements(field.schema(), inArray, seen));
                }
            }
            case UNION -> schema.getTypes().forEach(branch -> noteElements(branch, inArray, seen));
            case ARRAY -> noteElements(schema.getElementType(), true, seen);
            default -> {}
        }
    }

    private Schema of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> made.containsKey(schema.getFullName()) ? made.get(schema.getFullName()) : record(schema);
            case ENUM -> made.computeIfAbsent(schema.getFullName(), name -> symbols(schema));
            case UNION ->
                Schema.createUnion(schema.getTypes().stream().map(this::of).toList());
            case ARRAY -> Schema.createArray(of(schema.getElementType()));
            case MAP -> Schema.createMap(of(schema.getValueType()));
            default -> schema;
        };
    }

    private Schema record(Schema schema) {
        Schema other = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
        made.put(schema.getFullName(), other);
        List<Schema.Field> fields = new ArrayList<>();
        if (newer) {
            Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
            fields.add(new Schema.Field(NEWER_FIELD, text, null, JsonProperties.NULL_VALUE));
        }
        for (Schema.Field field : schema.getFields()) {
            boolean keeps = elements.contains(schema.getFullName()) || kept.contains(field.name());
            if (newer || keeps || !field.hasDefaultValue()) {
                fields.add(new Schema.Field(field, of(field.schema())));
            }
        }
        other.setFields(fields);
        return other;
    }

    private Schema symbols(Schema schema) {
        if (!newer || schema.getEnumDefault() == null) {
            return schema;
        }
        List<String> symbols = Stream.concat(schema.getEnumSymbols().stream(), Stream.of(NEWER_SYMBOL))
                .toList();
        return Schema.createEnum(schema.getName(), null, schema.getNamespace(), symbols, schema.getEnumDefault());
    }
}
