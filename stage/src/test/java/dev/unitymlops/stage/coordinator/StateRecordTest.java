package dev.unitymlops.stage.coordinator;

import static dev.unitymlops.stage.coordinator.Samples.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.RunOutcome;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.events.StageState;
import dev.unitymlops.runtime.streams.NewerVersion;
import dev.unitymlops.stage.coordinator.JobState.CancelledAhead;
import dev.unitymlops.stage.coordinator.JobState.Cancelling;
import dev.unitymlops.stage.coordinator.JobState.Ended;
import dev.unitymlops.stage.coordinator.JobState.Held;
import dev.unitymlops.stage.coordinator.JobState.Live;
import dev.unitymlops.stage.coordinator.JobState.Phase;
import dev.unitymlops.stage.coordinator.JobState.Queued;
import dev.unitymlops.stage.coordinator.JobState.Waiting;
import dev.unitymlops.testkit.OtherVersions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateRecordTest {

    private static final Schema OURS = StageState.getClassSchema();
    private static final Schema NEWER = OtherVersions.newer(OURS);

    static Stream<JobState> everyState() {
        return Stream.of(
                live(new Queued()),
                live(new Held("w", false)),
                live(new Held("w", true)),
                live(new Waiting(77)),
                live(new Cancelling("w")),
                new Ended(3, 9, RunOutcome.SUCCEEDED, "hash", null, 88),
                new Ended(3, 9, RunOutcome.FAILED, "hash", input("hash"), 88),
                new Ended(3, 9, RunOutcome.CANCELLED, "hash", input("hash"), 88),
                new CancelledAhead(3, 9, "f".repeat(64), 88));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void isWhatItWasAfterAStoreAndItsBytes(JobState state) throws IOException {
        StageState stored = StageState.fromByteBuffer(StateRecord.of(state).toByteBuffer());
        assertThat(StateRecord.read("job", stored)).isEqualTo(state);
    }

    @Test
    void theMarkerOfASuccessIsSmall() throws IOException {
        JobState success = new Ended(3, 900, RunOutcome.SUCCEEDED, "0".repeat(64), null, 1_795_000_000_000L);
        assertThat(StateRecord.of(success).toByteBuffer().remaining()).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void isReadFromWhatAnOlderVersionWrote(JobState state) throws IOException {
        Schema older = OtherVersions.older(OURS, "state", "worker", "until", "content_hash", "version", "input");
        assertThat(state(older, rewritten(state, older))).isEqualTo(asOld(state));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void isReadFromWhatANewerVersionWroteOfIt(JobState state) throws IOException {
        GenericRecord written = rewritten(state, NEWER);
        written.put(OtherVersions.NEWER_FIELD, "what we do not know");
        ((GenericRecord) written.get("state")).put(OtherVersions.NEWER_FIELD, "nor this");
        assertThat(state(NEWER, written)).isEqualTo(state);
    }

    @Test
    void aStateThatOnlyANewerVersionKnowsIsRefused() throws IOException {
        GenericRecord phase = rewritten(live(new Queued()), NEWER);
        setNewer((GenericRecord) phase.get("state"), "phase");
        GenericRecord outcome = rewritten(new Ended(3, 9, RunOutcome.FAILED, "hash", input("hash"), 88), NEWER);
        setNewer((GenericRecord) outcome.get("state"), "outcome");
        GenericRecord elsewhere = rewritten(live(new Queued()), NEWER);
        elsewhere.put("state", null);
        for (GenericRecord written : List.of(phase, outcome, elsewhere)) {
            assertThatThrownBy(() -> state(NEWER, written))
                    .isInstanceOf(NewerVersion.class)
                    .hasMessageContaining("job j-7")
                    .hasMessageContaining("update this instance");
        }
    }

    private static void setNewer(GenericRecord record, String field) {
        Schema symbols = record.getSchema().getField(field).schema();
        record.put(field, new GenericData.EnumSymbol(symbols, OtherVersions.NEWER_SYMBOL));
    }

    /** What is left of the state where fields with a default were unknown. */
    private static JobState asOld(JobState state) {
        return switch (state) {
            case Live live when live.phase() instanceof Held held -> old(live, new Held(held.worker(), false));
            case Live live -> old(live, live.phase());
            case Ended ended ->
                new Ended(
                        ended.run(),
                        ended.version(),
                        ended.outcome(),
                        ended.contentHash(),
                        ended.input() == null ? null : old(ended.input()),
                        ended.at());
            case CancelledAhead ahead -> ahead;
        };
    }

    private static Live old(Live live, Phase phase) {
        return new Live(
                live.run(), live.version(), old(live.input()), live.attempt(), live.used(), live.since(), phase);
    }

    private static StageInput old(StageInput input) {
        return StageInput.newBuilder(input)
                .setScheduleId(null)
                .setWebhookUrl(null)
                .setRequestedBy("")
                .setTraceparent(null)
                .build();
    }

    /** The state as a program with that schema has it. */
    private static GenericRecord rewritten(JobState state, Schema other) throws IOException {
        ByteBuffer bytes = StateRecord.of(state).toByteBuffer();
        return OtherVersions.read(withoutFrame(bytes), OURS, other);
    }

    private static JobState state(Schema writer, GenericRecord written) throws IOException {
        byte[] bytes = OtherVersions.written(written);
        return StateRecord.read(
                "j-7",
                new SpecificDatumReader<StageState>(writer, OURS)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, null)));
    }

    /** Avro's single-object encoding begins with two bytes and a fingerprint. */
    private static byte[] withoutFrame(ByteBuffer bytes) {
        byte[] body = new byte[bytes.remaining() - 10];
        bytes.position(bytes.position() + 10).get(body);
        return body;
    }

    private static Live live(Phase phase) {
        return new Live(2, 5, input("hash"), 4, 1, 66, phase);
    }
}
