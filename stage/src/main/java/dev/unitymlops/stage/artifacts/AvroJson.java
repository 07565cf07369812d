package dev.unitymlops.stage.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.schemas.TrustedPackages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
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

/** Events in Avro's own JSON encoding, which can be read back, and the files that they name. */
final class AvroJson {

    static {
        TrustedPackages.trust();
    }

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
}
