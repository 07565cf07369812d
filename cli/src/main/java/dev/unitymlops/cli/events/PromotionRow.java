package dev.unitymlops.cli.events;

import dev.unitymlops.events.ModelPromoted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model-promoted as {@code --json} shows it.
 *
 * @param action promote or rollback
 * @param version the one that has the alias since then
 * @param fromVersion the one that had it before; null: none
 * @param gates each that was looked at
 */
public record PromotionRow(
        String topic,
        int partition,
        long offset,
        Instant time,
        String type,
        String registry,
        String model,
        String action,
        String alias,
        int version,
        @Nullable Integer fromVersion,
        String jobId,
        List<String> gates,
        boolean forced,
        String reason,
        String promotedBy) {
    static PromotionRow of(JobEvent event, ModelPromoted promoted) {
        return new PromotionRow(
                event.topic(),
                event.partition(),
                event.offset(),
                event.time(),
                event.type(),
                promoted.getRegistry(),
                promoted.getName(),
                promoted.getAction(),
                promoted.getAlias(),
                promoted.getVersion(),
                promoted.getFromVersion(),
                promoted.getJobId(),
                promoted.getGates(),
                promoted.getForced(),
                promoted.getReason(),
                promoted.getPromotedBy());
    }
}
