package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.CancelCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.InputCommand;
import dev.unitymlops.events.RetryCommand;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.TickCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void everyBodyIsItsCommand() throws IOException {
        FailedCommand failure = Samples.failure(1, 2, "w", true, false, 7);
        Map<Object, Command> bodies = Map.of(
                new InputCommand(3, Samples.input("h")),
                new Command.Input(3, Samples.input("h")),
                new CancelCommand(3, "why"),
                new Command.Cancel(3, "why"),
                new RetryCommand(3, true),
                new Command.Retry(3, true),
                new ClaimCommand(3, 9L, "w"),
                new Command.Claim(3, 9, "w"),
                new BeatCommand(3, 4, "w"),
                new Command.Beat(3, 4, "w"),
                new DeclineCommand(3, 4, "w", 5L, "why"),
                new Command.Decline(3, 4, "w", 5, "why"),
                new DoneCommand(3, 4, "w", Samples.event("e")),
                new Command.Done(3, 4, "w", Samples.event("e")),
                failure,
                new Command.Failed(1, 2, "w", failure),
                new TickCommand(1, "task", 2L),
                new Command.Tick(1, "task", 2));
        for (var body : bodies.entrySet()) {
            StageCommand read = StageCommand.fromByteBuffer(new StageCommand(body.getKey()).toByteBuffer());
            assertThat(Command.of(read)).isEqualTo(body.getValue());
        }
    }

    /** As a later version may write it: our reader finds none of its bodies. */
    @Test
    void aCommandInAFieldOfANewerVersionIsReadAndRefused() throws IOException {
        Schema ours = StageCommand.getClassSchema();
        Schema drain = SchemaBuilder.record("DrainCommand")
                .fields()
                .requiredString("why")
                .endRecord();
        Schema newer = Schema.createRecord(ours.getName(), null, ours.getNamespace(), false);
        newer.setFields(List.of(
                new Schema.Field(ours.getField("body"), ours.getField("body").schema()),
                new Schema.Field("drain", SchemaBuilder.nullable().type(drain), null, JsonProperties.NULL_VALUE)));
        GenericRecord written = new GenericRecordBuilder(newer)
                .set("drain", new GenericRecordBuilder(drain).set("why", "w").build())
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(newer).write(written, encoder);

        StageCommand read = new SpecificDatumReader<StageCommand>(newer, ours)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(newer, ours)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of(read)).withMessageContaining("newer version");
    }

    @Test
    void aBodyOfANewerVersionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of(new StageCommand("something new")))
                .withMessageContaining("newer version");
    }
}
