package dev.unitymlops.cli.models;

import dev.unitymlops.events.RecordCoordinates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a promotion or rollback, as {@code --json} shows it.
 *
 * @param version the one that has the alias now, or should have got it; null when there was none to go back to
 * @param fromVersion the one that had it before; null: none had it, or nothing has moved
 * @param moved whether the alias has moved just now
 * @param gates each that was looked at
 * @param refused why nothing has moved; empty otherwise
 * @param event where the record on model-promoted is; null: nobody was told
 */
record MovedRow(
        String registry,
        String model,
        String action,
        String alias,
        @Nullable Integer version,
        @Nullable Integer fromVersion,
        boolean moved,
        boolean forced,
        List<String> gates,
        List<String> refused,
        @Nullable Written event) {

    /** Coordinates of a record. */
    record Written(String topic, int partition, long offset) {
        static Written of(RecordCoordinates at) {
            return new Written(at.getTopic(), at.getPartition(), at.getOffset());
        }
    }
}
