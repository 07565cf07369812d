package dev.unitymlops.cli.gc;

import dev.unitymlops.runtime.Bytes;
import java.util.List;

/**
 * What became of all folders, the last object of {@code --json}.
 *
 * @param removedFolders in a dry run those that would go
 * @param failed folders that should have gone and could not be removed
 */
record GcTotal(
        boolean dryRun, int removedFolders, long removedBytes, int keptFolders, long keptBytes, List<String> failed) {

    static GcTotal of(List<GcRow> rows, boolean dryRun) {
        List<GcRow> removed = rows.stream()
                .filter(row -> row.is(GcRow.REMOVED) || row.is(GcRow.WOULD_REMOVE))
                .toList();
        List<GcRow> kept = rows.stream().filter(row -> row.is(GcRow.KEPT)).toList();
        return new GcTotal(
                dryRun,
                removed.size(),
                bytes(removed),
                kept.size(),
                bytes(kept),
                rows.stream()
                        .filter(row -> row.is(GcRow.FAILED))
                        .map(GcRow::folder)
                        .toList());
    }

    private static long bytes(List<GcRow> rows) {
        return rows.stream().mapToLong(GcRow::bytes).sum();
    }

    String text() {
        return (dryRun ? "Would remove " : "Removed ") + folders(removedFolders, removedBytes) + ", kept "
                + folders(keptFolders, keptBytes) + (failed.isEmpty() ? "." : ", " + failed.size() + " failed.");
    }

    private static String folders(int count, long bytes) {
        return count + (count == 1 ? " folder" : " folders") + " (" + Bytes.text(bytes) + ")";
    }
}
