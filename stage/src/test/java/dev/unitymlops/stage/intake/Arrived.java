package dev.unitymlops.stage.intake;

import dev.unitymlops.events.RecordCoordinates;
import org.apache.avro.specific.SpecificRecord;

/** Inputs as a worker of the same process finds them. */
public final class Arrived {

    private Arrived() {}

    public static ArrivedInputs with(RecordCoordinates where, SpecificRecord event) {
        ArrivedInputs inputs = new ArrivedInputs(8);
        inputs.put(where, event);
        return inputs;
    }
}
