package dev.unitymlops.stage.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.ArtifactFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Avro records as JSON: in Avro's own encoding, which can be read back, and plain, for people. */
final class AvroJson {

    private AvroJson() {}

    /** Avro's JSON encoding: unions are wrapped, logical types are their numbers. */
    static JsonNode encode(SpecificRecord event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().jsonEncoder(event.getSchema(), out);
        new SpecificDatumWriter<SpecificRecord>(event.getSchema()).write(event, encoder);
        encoder.flush();
        return StoreJson.MAPPER.readTree(out.toByteArray());
    }

    /** @throws IOException when it is not an event of exactly this schema */
    static SpecificRecord decode(JsonNode encoded, Class<? extends SpecificRecord> type) throws IOException {
        Schema schema = SpecificData.get().getSchema(type);
        try {
            return type.cast(new SpecificDatumReader<SpecificRecord>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, encoded.toString())));
        } catch (RuntimeException e) {
            throw new IOException("not a " + schema.getFullName() + " in Avro's JSON encoding", e);
        }
    }

    /** Every file that the event names, at any depth. */
    static List<ArtifactFile> filesNamedBy(@Nullable Object value) {
        return switch (value) {
            case ArtifactFile file -> List.of(file);
            case IndexedRecord object ->
                object.getSchema().getFields().stream()
                        .flatMap(field -> filesNamedBy(object.get(field.pos())).stream())
                        .toList();
            case Collection<?> list ->
                list.stream().flatMap(each -> filesNamedBy(each).stream()).toList();
            case null, default -> List.of();
        };
    }

    /** Plain JSON with the schema's field names in its order; it cannot be read back without guessing. */
    static JsonNode forPeople(@Nullable Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case null -> json.nullNode();
            case IndexedRecord object -> {
                ObjectNode node = json.objectNode();
                object.getSchema()
                        .getFields()
                        .forEach(field -> node.set(field.name(), forPeople(object.get(field.pos()))));
                yield node;
            }
            case Map<?, ?> map -> {
                ObjectNode node = json.objectNode();
                map.forEach((key, each) -> node.set(key.toString(), forPeople(each)));
                yield node;
            }
            case Iterable<?> list -> {
                ArrayNode node = json.arrayNode();
                list.forEach(each -> node.add(forPeople(each)));
                yield node;
            }
            case Boolean bool -> json.booleanNode(bool);
            case Integer number -> json.numberNode(number);
            case Long number -> json.numberNode(number);
            case Float number -> json.numberNode(number);
            case Double number -> json.numberNode(number);
            default -> json.textNode(value.toString());
        };
    }
}
