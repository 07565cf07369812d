package dev.unitymlops.cli.gc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has to go.
 *
 * @param cutoff what was last used before is old
 * @param keepBytes most that is kept in one place, as far as the rest may go; null: any amount
 * @param dryRun only say what would go
 */
record Rules(Instant cutoff, @Nullable Long keepBytes, boolean dryRun) {}
