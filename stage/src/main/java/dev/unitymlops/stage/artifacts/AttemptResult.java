package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.FailureCause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * How an attempt ended: what its {@code result.json} says.
 *
 * @param contentHash SHA-256 of the job's canonical JSON, 64 lower-case hexadecimal digits
 * @param versions versions of what took part, by name; those of the trainer are in the event
 */
public record AttemptResult(
        AttemptId id,
        String contentHash,
        boolean dryRun,
        Instant startedAt,
        Instant completedAt,
        Ending ending,
        Map<String, String> versions) {

    public AttemptResult {
        versions = Map.copyOf(versions);
    }

    /** The three ways to end for good. */
    public sealed interface Ending {

        /**
         * The work is done.
         *
         * @param event what the stage emits; a later attempt of the same run and content adopts it
         */
        record Succeeded(SpecificRecord event) implements Ending {}

        /**
         * The work failed, and no further attempt of this run is made.
         *
         * @param messages every message, the most telling first
         * @param produced what was already produced
         */
        record Failed(FailureCause cause, List<String> messages, List<ArtifactFile> produced) implements Ending {
            public Failed {
                messages = List.copyOf(messages);
                produced = List.copyOf(produced);
            }
        }

        /**
         * Somebody asked for the end.
         *
         * @param produced what was already produced
         */
        record Cancelled(List<String> messages, List<ArtifactFile> produced) implements Ending {
            public Cancelled {
                messages = List.copyOf(messages);
                produced = List.copyOf(produced);
            }
        }
    }
}
