package dev.unitymlops.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.junit.jupiter.api.Test;

/** What every schema must have, so that it can be read by others and changed later. */
class SchemaStyleTest {
    private static final Schema TIMESTAMP = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    /** Private to a stage; its coordinator computes with the numbers as they are. */
    private static final Set<String> COUNTS_IN_NUMBERS = Set.of("StageWork", "StageMarker");

    private final List<Schema> types = Contract.types();

    @Test
    void everyTypeAndFieldSaysWhatItIs() {
        assertThat(types).allSatisfy(type -> {
            assertThat(type.getDoc())
                    .as("doc of %s", type.getName())
                    .isNotBlank()
                    .endsWith(".");
            assertThat(fields(type))
                    .allSatisfy(field -> assertThat(field.doc())
                            .as("doc of %s.%s", type.getName(), field.name())
                            .isNotBlank()
                            .endsWith("."));
        });
    }

    @Test
    void aSymbolOfANewerVersionIsReadAsUnknown() {
        assertThat(types)
                .filteredOn(type -> type.getType() == Schema.Type.ENUM)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getEnumDefault())
                        .as("default of %s", type.getName())
                        .isEqualTo("UNKNOWN"));
    }

    @Test
    void whatMayBeMissingIsNullByDefault() {
        assertThat(records().flatMap(type -> fields(type).stream()))
                .filteredOn(field -> field.schema().isNullable())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.defaultVal())
                        .as("default of %s", field.name())
                        .isSameAs(JsonProperties.NULL_VALUE));
    }

    /** FULL_TRANSITIVE forbids new branches; what is one of several types must be able to be none, for a field beside it. */
    @Test
    void whatIsOneOfSeveralTypesMayBeNone() {
        assertThat(records().flatMap(type -> fields(type).stream()))
                .filteredOn(field -> field.schema().isUnion()
                        && field.schema().getTypes().stream()
                                        .filter(it -> it.getType() != Schema.Type.NULL)
                                        .count()
                                > 1)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.schema().isNullable())
                        .as("null in %s", field.name())
                        .isTrue());
    }

    @Test
    void pointsInTimeAreTimestampsInMilliseconds() {
        assertThat(records().filter(type -> !COUNTS_IN_NUMBERS.contains(type.getName())))
                .allSatisfy(type -> assertThat(fields(type))
                        .filteredOn(SchemaStyleTest::isPointInTime)
                        .allSatisfy(field -> assertThat(alternatives(field.schema()))
                                .as("type of %s.%s", type.getName(), field.name())
                                .contains(TIMESTAMP)));
        assertThat(records().flatMap(type -> fields(type).stream()))
                .filteredOn(field -> alternatives(field.schema()).contains(TIMESTAMP))
                .hasSizeGreaterThan(10)
                .allSatisfy(field -> assertThat(field.doc())
                        .as("doc of %s", field.name())
                        .contains("milliseconds since the epoch, UTC"));
    }

    @Test
    void numbersOfMillisecondsSayTheirUnitInTheirNames() {
        assertThat(records().flatMap(type -> fields(type).stream()))
                .filteredOn(field -> field.doc().startsWith("Milliseconds "))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.name()).endsWith("_ms"));
    }

    private Stream<Schema> records() {
        return types.stream().filter(type -> type.getType() == Schema.Type.RECORD);
    }

    private static List<Field> fields(Schema type) {
        return type.getType() == Schema.Type.RECORD ? type.getFields() : List.of();
    }

    private static boolean isPointInTime(Field field) {
        return field.name().equals("at")
                || field.name().endsWith("_at")
                || field.doc().contains("since the epoch");
    }

    private static List<Schema> alternatives(Schema type) {
        return type.isUnion() ? type.getTypes() : List.of(type);
    }
}
