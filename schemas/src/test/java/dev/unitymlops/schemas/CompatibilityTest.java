package dev.unitymlops.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The checker itself: each kind of break is found, in the direction in which it breaks; what is allowed passes. */
class CompatibilityTest {
    private static final String ID = "{'name':'id','type':'string'}";
    private static final String STEPS = "{'name':'steps','type':'long','default':0}";
    private static final String PHASE =
            "{'name':'phase','type':{'type':'enum','name':'Phase','symbols':[%s],'default':'UNKNOWN'}}";

    @Test
    void allowsANewFieldWithADefaultAndItsRemoval() {
        assertThat(between(record(ID), record(ID, STEPS))).isEmpty();
        assertThat(between(record(ID, STEPS), record(ID))).isEmpty();
    }

    @Test
    void allowsANewSymbolOfAnEnumWithADefault() {
        assertThat(between(
                        record(PHASE.formatted("'UNKNOWN','QUEUED'")),
                        record(PHASE.formatted("'UNKNOWN','QUEUED','HELD'"))))
                .isEmpty();
    }

    @Test
    void findsANewFieldWithoutADefault() {
        assertThat(between(record(ID), record(ID, "{'name':'steps','type':'long'}")))
                .singleElement()
                .asString()
                .startsWith("t does not read what 1.0.0: READER_FIELD_MISSING_DEFAULT_VALUE")
                .contains("steps");
    }

    @Test
    void findsTheRemovalOfAFieldWithoutADefault() {
        assertThat(between(record(ID, STEPS), record(STEPS)))
                .singleElement()
                .asString()
                .startsWith("t is not read by 1.0.0: READER_FIELD_MISSING_DEFAULT_VALUE")
                .contains("id");
    }

    @Test
    void findsAnotherTypeOfAField() {
        assertThat(between(record(ID), record("{'name':'id','type':'int'}")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("TYPE_MISMATCH"));
    }

    @Test
    void findsAWidenedType() {
        assertThat(between(record("{'name':'steps','type':'int'}"), record("{'name':'steps','type':'long'}")))
                .singleElement()
                .asString()
                .startsWith("t is not read by 1.0.0: TYPE_MISMATCH");
    }

    @Test
    void findsAnotherBranchOfAUnion() {
        assertThat(between(
                        record("{'name':'at','type':['null','long']}"),
                        record("{'name':'at','type':['null','long','string']}")))
                .singleElement()
                .asString()
                .startsWith("t is not read by 1.0.0: MISSING_UNION_BRANCH");
    }

    @Test
    void findsAnotherNameOfTheRecord() {
        Schema renamed = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        assertThat(between(record(), renamed))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("NAME_MISMATCH"));
    }

    @Test
    void findsATopicThatIsGoneAndAllowsANewOne() {
        assertThat(Compatibility.violations("1.0.0", Map.of("t", record(ID)), Map.of("u", record(ID))))
                .containsExactly("t of 1.0.0 is gone; its readers and its records are not");
    }

    private static List<String> between(Schema released, Schema current) {
        return Compatibility.violations("1.0.0", Map.of("t", released), Map.of("t", current));
    }

    private static Schema record(String... fields) {
        String json = "{'type':'record','name':'Event','fields':[%s]}".formatted(String.join(",", fields));
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }
}
