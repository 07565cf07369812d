package dev.unitymlops.stage.intake;

import dev.unitymlops.events.RecordCoordinates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The input events that this process decoded last, by their coordinates, so that its worker need not fetch them again.
 * Thread-safe.
 */
public final class ArrivedInputs {

    private final Map<RecordCoordinates, SpecificRecord> latest;

    public ArrivedInputs(int most) {
        latest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<RecordCoordinates, SpecificRecord> eldest) {
                return size() > most;
            }
        };
    }

    synchronized void put(RecordCoordinates where, SpecificRecord event) {
        latest.put(where, event);
    }

    /** The event at these coordinates; it is handed out once. */
    public synchronized Optional<SpecificRecord> take(RecordCoordinates where) {
        return Optional.ofNullable(latest.remove(where));
    }
}
