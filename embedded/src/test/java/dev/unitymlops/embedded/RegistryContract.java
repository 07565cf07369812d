package dev.unitymlops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.embedded.RegistryCalls.Answer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the serdes ask of a registry, whichever it is; each implementation extends this. */
abstract class RegistryContract {
    private static final String GOAL = """
            {"type": "record", "name": "Goal", "namespace": "contract", "fields": [
              {"name": "name", "type": "string", "doc": "What it is called."},
              {"name": "steps", "type": "long", "default": 5}]}""";
    private static final String GOAL_WITH_REWARD = GOAL.replace(
            "\"default\": 5}", "\"default\": 5}, {\"name\": \"reward\", \"type\": \"double\", \"default\": 0.0}");
    private static final String GOAL_WITH_TEXT_STEPS = GOAL.replace(
            "{\"name\": \"steps\", \"type\": \"long\", \"default\": 5}", "{\"name\": \"steps\", \"type\": \"string\"}");

    @TempDir
    static Path brokerDirectory;

    static EmbeddedBroker broker;

    /** Every test has a topic of its own, and with it a subject. */
    private final String topic = "goals-" + UUID.randomUUID();

    private final String subject = topic + "-value";

    /** Where the registry under test is; it keeps running between tests. */
    abstract String url();

    /** Stops the registry under test and starts it again on what it has stored. */
    abstract void restart() throws Exception;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerOptions.in(brokerDirectory));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aRecordAndATombstoneComeBackAsTheyWere() throws Exception {
        AvroRecords records = newTopic();
        GenericRecord goal = goal(GOAL);
        records.write(goal, Map.of());
        records.write(null, Map.of());
        assertThat(records.read(2)).containsExactly(goal, null);
    }

    @Test
    void aPayloadNamesItsSchema() throws Exception {
        AvroRecords records = newTopic();
        records.write(goal(GOAL), Map.of());
        ByteBuffer payload = ByteBuffer.wrap(records.readBytes(1).getFirst());
        assertThat(payload.get()).isZero();
        Answer schema = calls().get("/schemas/ids/" + payload.getInt());
        assertThat(parse(schema.body().path("schema").asText())).isEqualTo(parse(GOAL));
    }

    @Test
    void aProducerThatMayNotRegisterUsesTheLatestVersion() throws Exception {
        AvroRecords records = newTopic();
        calls().idOf(subject, GOAL);
        int latest = calls().idOf(subject, GOAL_WITH_REWARD);
        records.write(goal(GOAL_WITH_REWARD), Map.of("auto.register.schemas", false, "use.latest.version", true));
        assertThat(ByteBuffer.wrap(records.readBytes(1).getFirst()).getInt(1)).isEqualTo(latest);
    }

    @Test
    void anUnregisteredSchemaIsRefusedToAProducerThatMayNotRegister() throws Exception {
        AvroRecords records = newTopic();
        calls().idOf(subject, GOAL);
        assertThatThrownBy(() -> records.write(goal(GOAL_WITH_REWARD), Map.of("auto.register.schemas", false)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void idsOutliveTheRegistry() throws Exception {
        AvroRecords records = newTopic();
        records.write(goal(GOAL), Map.of());
        int first = calls().idOf(subject, GOAL);
        int second = calls().idOf(subject, GOAL_WITH_REWARD);
        restart();
        assertThat(calls().idOf(subject, GOAL)).isEqualTo(first);
        assertThat(calls().idOf(subject, GOAL_WITH_REWARD)).isEqualTo(second);
        assertThat(calls().idOf("new-" + subject, GOAL_WITH_TEXT_STEPS)).isGreaterThan(second);
        assertThat(new AvroRecords(broker.bootstrapServers(), url(), topic).read(1))
                .containsExactly(goal(GOAL));
    }

    @Test
    void theSameSchemaHasOneIdHoweverItIsWritten() throws Exception {
        int id = calls().idOf(subject, GOAL);
        assertThat(calls().idOf(subject, parse(GOAL).toString())).isEqualTo(id);
        assertThat(calls().idOf("other-" + subject, GOAL)).isEqualTo(id);
        assertThat(calls().get("/subjects/" + subject + "/versions").body()).hasSize(1);
    }

    /** What generated Java classes add; runtime's serializers leave it out. */
    @Test
    void withoutJavasPropertiesAJavaSchemaIsOneWithItsForeignCopy() throws Exception {
        AvroRecords records = newTopic();
        int foreign = calls().idOf(subject, GOAL);
        requireFullTransitive();
        String ofJava = GOAL.replace(
                "\"type\": \"string\"", "\"type\": {\"type\": \"string\", \"avro.java.string\": \"String\"}");
        records.write(goal(ofJava), Map.of("avro.remove.java.properties", true));
        assertThat(ByteBuffer.wrap(records.readBytes(1).getFirst()).getInt(1)).isEqualTo(foreign);
        assertThat(calls().get("/subjects/" + subject + "/versions").body()).hasSize(1);
        records.write(goal(ofJava), Map.of());
        assertThat(calls().get("/subjects/" + subject + "/versions").body()).hasSize(2);
    }

    @Test
    void anIncompatibleSchemaIsRefused() throws Exception {
        AvroRecords records = newTopic();
        records.write(goal(GOAL), Map.of());
        requireFullTransitive();
        assertThatThrownBy(() -> records.write(textGoal(), Map.of())).isInstanceOf(SerializationException.class);
        assertThat(calls().register(subject, GOAL_WITH_TEXT_STEPS).status()).isEqualTo(409);
        assertThat(calls().register(subject, GOAL_WITH_REWARD).status()).isEqualTo(200);
        assertThat(calls().get("/subjects/" + subject + "/versions").body()).hasSize(2);
    }

    @Test
    void aSchemaCanBeTriedWithoutRegisteringIt() throws Exception {
        calls().idOf(subject, GOAL);
        requireFullTransitive();
        assertThat(isCompatible(GOAL_WITH_REWARD)).isTrue();
        assertThat(isCompatible(GOAL_WITH_TEXT_STEPS)).isFalse();
        assertThat(calls().get("/subjects/" + subject + "/versions").body()).hasSize(1);
    }

    @Test
    void versionsAreFoundByNumberByLatestAndBySchema() throws Exception {
        calls().idOf(subject, GOAL);
        int id = calls().idOf(subject, GOAL_WITH_REWARD);
        Answer bySchema = calls().post("/subjects/" + subject, Map.of("schema", GOAL_WITH_REWARD));
        Answer byNumber = calls().get("/subjects/" + subject + "/versions/2");
        Answer latest = calls().get("/subjects/" + subject + "/versions/latest");
        for (Answer found : List.of(bySchema, byNumber, latest)) {
            assertThat(found.status()).isEqualTo(200);
            assertThat(found.body().path("subject").asText()).isEqualTo(subject);
            assertThat(found.body().path("version").asInt()).isEqualTo(2);
            assertThat(found.body().path("id").asInt()).isEqualTo(id);
            assertThat(parse(found.body().path("schema").asText())).isEqualTo(parse(GOAL_WITH_REWARD));
        }
        assertThat(calls().get("/subjects").body()).anyMatch(it -> it.asText().equals(subject));
    }

    @Test
    void whatIsUnknownOrInvalidHasItsCode() throws Exception {
        calls().idOf(subject, GOAL);
        refused(404, 40401, calls().get("/subjects/nobody/versions/latest"));
        refused(404, 40401, calls().post("/subjects/nobody", Map.of("schema", GOAL)));
        refused(404, 40402, calls().get("/subjects/" + subject + "/versions/77"));
        refused(404, 40403, calls().get("/schemas/ids/999999"));
        refused(404, 40403, calls().post("/subjects/" + subject, Map.of("schema", GOAL_WITH_REWARD)));
        refused(422, 42201, calls().register(subject, "{\"type\": \"rubbish\"}"));
        refused(422, 42203, calls().put("/config/" + subject, Map.of("compatibility", "QUITE")));
        assertThat(calls().get("/associations/resources/" + subject).status()).isEqualTo(404);
    }

    final RegistryCalls calls() {
        return new RegistryCalls(url());
    }

    private static void refused(int status, int errorCode, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(errorCode);
        assertThat(answer.body().path("message").asText()).isNotBlank();
    }

    private boolean isCompatible(String schema) throws Exception {
        Answer answer =
                calls().post("/compatibility/subjects/" + subject + "/versions/latest", Map.of("schema", schema));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().required("is_compatible").asBoolean();
    }

    private void requireFullTransitive() throws Exception {
        Answer answer = calls().put("/config/" + subject, Map.of("compatibility", "FULL_TRANSITIVE"));
        assertThat(answer.status()).isEqualTo(200);
    }

    private AvroRecords newTopic() throws Exception {
        new Records(broker.bootstrapServers(), topic).createTopic();
        return new AvroRecords(broker.bootstrapServers(), url(), topic);
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }

    private static GenericRecord goal(String schema) {
        GenericRecord goal = new GenericData.Record(parse(schema));
        goal.put("name", "reach-target");
        goal.put("steps", 12_000L);
        if (goal.hasField("reward")) {
            goal.put("reward", 0.5);
        }
        return goal;
    }

    private static GenericRecord textGoal() {
        GenericRecord goal = new GenericData.Record(parse(GOAL_WITH_TEXT_STEPS));
        goal.put("name", "reach-target");
        goal.put("steps", "many");
        return goal;
    }
}
