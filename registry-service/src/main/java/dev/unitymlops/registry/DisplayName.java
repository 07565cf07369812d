package dev.unitymlops.registry;

import dev.unitymlops.events.TrainingCompleted;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The name that people see in a registry. */
final class DisplayName {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private static final int DIGITS = 12;

    private DisplayName() {}

    /**
     * What the job says, else {@code unity-<asset>-<yyyymmdd>-<config hash>} with the day on which the training ended, so
     * that every attempt at the registration has the same.
     */
    static String of(TrainingCompleted trained) {
        String given = trained.getJob().getVertexModelDisplayName();
        return given != null
                ? given
                : "unity-%s-%s-%s"
                        .formatted(
                                trained.getJob().getAssetSpec().getAssetId(),
                                DAY.format(trained.getCompletedAt()),
                                trained.getContentHash().substring(0, DIGITS));
    }
}
