package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedPlatform;
import dev.unitymlops.events.StageState;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.OtherVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs of made-up older and newer versions on the same topics as ours: through the serializers and a registry whose
 * level is FULL_TRANSITIVE, and which therefore takes all three schemas or none.
 */
class EvolutionTest {
    private static final int RECORDS = 20;

    /** Bytes of the wire format before the record: 0, and four of the schema's id. */
    private static final int FRAME = 5;

    private static EmbeddedPlatform platform;
    private static KafkaClients clients;

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = EmbeddedPlatform.start(BrokerOptions.in(folder), 0);
        clients = new KafkaClients(Settings.of(Map.of(
                        "bootstrap.servers", platform.bootstrapServers(),
                        "schema.registry.url", platform.schemaRegistryUrl()))
                .read(KafkaSettings::from));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** A subject's name, and our schema of it: all topics, and the coordinator's store. */
    record Subject(String topic, Schema ours) {
        @Override
        public String toString() {
            return topic;
        }
    }

    static Stream<Subject> subjects() {
        return Stream.concat(
                Topics.all().stream().map(EvolutionTest::of),
                Stream.of(new Subject("coordinator-store", StageState.getClassSchema())));
    }

    private static Subject of(TopicSpec topic) {
        return new Subject(topic.name(), Objects.requireNonNull(topic.value()));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatAnOlderAndANewerProgramWroteIsReadAndOursIsReadByBoth(Subject subject) throws IOException {
        Schema older = OtherVersions.older(subject.ours);
        Schema newer = OtherVersions.newer(subject.ours);
        assertThat(newer.getFields())
                .as("a schema that is another")
                .hasSizeGreaterThan(older.getFields().size());
        try (Serializer<GenericRecord> foreign = clients.serializer(Map.of());
                Serializer<SpecificRecord> own = clients.serializer();
                Deserializer<SpecificRecord> reader = clients.deserializer()) {
            for (Object written : new RandomData(older, RECORDS, 7L)) {
                ours(subject, reader, foreign.serialize(subject.topic, (GenericRecord) written), older);
            }
            for (Object written : new RandomData(newer, RECORDS, 8L)) {
                byte[] bytes = foreign.serialize(subject.topic, (GenericRecord) written);
                SpecificRecord event = ours(subject, reader, bytes, newer);
                byte[] again = own.serialize(subject.topic, event);
                for (Schema other : new Schema[] {older, newer}) {
                    assertThat(decoded(again, subject.ours, other)).isNotNull();
                }
            }
        }
    }

    /** Reads it as our services do, and compares with what Avro itself makes of it by both schemas. */
    private static SpecificRecord ours(
            Subject subject, Deserializer<SpecificRecord> reader, byte[] bytes, Schema writer) throws IOException {
        SpecificRecord event = reader.deserialize(subject.topic, bytes);
        assertThat(event.getSchema().getFullName()).isEqualTo(subject.ours.getFullName());
        GenericRecord expected = decoded(bytes, writer, subject.ours);
        assertThat(OtherVersions.read(OtherVersions.written(event), event.getSchema(), event.getSchema()))
                .isEqualTo(expected);
        assertThat(expected.toString())
                .doesNotContain(OtherVersions.NEWER_SYMBOL)
                .doesNotContain(OtherVersions.NEWER_FIELD);
        return event;
    }

    private static GenericRecord decoded(byte[] framed, Schema writer, Schema reader) throws IOException {
        return OtherVersions.read(Arrays.copyOfRange(framed, FRAME, framed.length), writer, reader);
    }
}
