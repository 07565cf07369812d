package dev.unitymlops.cli.deadletters;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.runtime.EventDecoder.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter whole, as {@code --json} shows it.
 *
 * @param schemaId in the registry, when the value begins as Confluent's wire format does
 * @param value the event, when it can be decoded after all
 * @param undecodable why it cannot, else null
 * @param valueHex its bytes in hexadecimal; null for a tombstone
 */
record LetterView(
        @JsonUnwrapped DeadLetter letter,
        Map<String, String> headers,
        @Nullable String key,
        @Nullable Integer schemaId,
        @Nullable JsonNode value,
        @Nullable String undecodable,
        @Nullable String valueHex) {
    private static final int WIRE_PREFIX = 5;

    static LetterView of(DeadLetter letter, ConsumerRecord<byte[], byte[]> record, Cluster cluster) {
        byte[] bytes = record.value();
        Decoded<SpecificRecord> decoded = bytes == null ? null : decode(record, letter, cluster);
        return new LetterView(
                letter,
                LetterHeaders.shown(record.headers()),
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                bytes != null && bytes.length > WIRE_PREFIX && bytes[0] == 0
                        ? ByteBuffer.wrap(bytes).getInt(1)
                        : null,
                decoded instanceof Decoded.Event<SpecificRecord> event
                        ? Json.tree(event.value().toString())
                        : null,
                undecodable(decoded),
                bytes == null ? null : HexFormat.of().formatHex(bytes));
    }

    /** As a reader of the topic that it came from would. */
    private static Decoded<SpecificRecord> decode(
            ConsumerRecord<byte[], byte[]> record, DeadLetter letter, Cluster cluster) {
        return new EventDecoder<>(cluster.clients().deserializer(), SpecificRecord.class)
                .decode(new ConsumerRecord<>(
                        cluster.topics().prefix() + letter.topic(),
                        record.partition(),
                        record.offset(),
                        record.key(),
                        record.value()));
    }

    private static @Nullable String undecodable(@Nullable Decoded<SpecificRecord> decoded) {
        return switch (decoded) {
            case Decoded.Unreadable<SpecificRecord> unreadable -> message(unreadable.reason());
            case Decoded.RegistryDown<SpecificRecord> down ->
                "the schema registry does not answer: " + message(down.reason());
            case Decoded.Event<SpecificRecord> event -> null;
            case null -> null;
        };
    }

    private static String message(Exception reason) {
        Throwable cause = reason.getCause();
        return cause == null ? "" + reason.getMessage() : reason.getMessage() + ": " + cause.getMessage();
    }

    /** For people. */
    String text() {
        return letter.letter() + "\n"
                + line("record", letter.topic() + "/" + known(letter.partition()) + "/" + known(letter.offset()))
                + line("time", letter.time().toString())
                + line(
                        "replayed",
                        letter.replayed() == null ? "never" : letter.replayed().toString())
                + line("exception", letter.exception())
                + line("reason", letter.reason())
                + line("key", key == null ? "(none)" : key)
                + headers.entrySet().stream()
                        .map(header -> "    " + header.getKey() + ": " + header.getValue() + "\n")
                        .collect(Collectors.joining("", "  headers\n", ""))
                + valueText();
    }

    private String valueText() {
        if (valueHex == null) {
            return "  value: none";
        }
        if (value != null) {
            return "  value, schema " + schemaId + "\n" + value.toPrettyString();
        }
        return "  value, " + valueHex.length() / 2 + " bytes; not decodable: " + undecodable + "\n"
                + HexText.of(HexFormat.of().parseHex(valueHex));
    }

    private static String line(String name, String text) {
        return "  " + name + ": " + text + "\n";
    }

    private static String known(@Nullable Object number) {
        return number == null ? "?" : number.toString();
    }
}
