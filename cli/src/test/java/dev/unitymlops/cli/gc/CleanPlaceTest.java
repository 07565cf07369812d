package dev.unitymlops.cli.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.gc.Candidate.Kind;
import dev.unitymlops.cli.gc.Candidate.Remove;
import dev.unitymlops.cli.gc.Candidate.Worth;
import dev.unitymlops.stage.folders.FolderUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CleanPlaceTest {
    private static final Instant CUTOFF = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void what_cannot_be_removed_is_named_and_the_rest_goes_on() {
        List<GcRow> rows = new CleanPlace(new Rules(CUTOFF, null, false))
                .clean(List.of(
                        old("first", () -> {
                            throw new IOException("Permission denied");
                        }),
                        old("second", Optional::empty)));

        assertThat(rows).extracting(GcRow::action).containsExactly("failed", "removed");
        assertThat(rows.getFirst().reason()).contains("Permission denied");
        GcTotal total = GcTotal.of(rows, false);
        assertThat(total.failed()).containsExactly("first");
        assertThat(total.text()).isEqualTo("Removed 1 folder (100B), kept 0 folders (0B), 1 failed.");
    }

    @Test
    void what_somebody_has_begun_to_use_meanwhile_is_kept() {
        List<GcRow> rows = new CleanPlace(new Rules(CUTOFF, null, false))
                .clean(List.of(old("first", () -> Optional.of("it has just been used"))));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("kept");
            assertThat(row.reason()).isEqualTo("it has just been used");
        });
    }

    private static Candidate old(String name, Remove remove) {
        var use = new FolderUse(100, CUTOFF.minusSeconds(1));
        return new Candidate(Kind.JOB, Path.of(name), use, null, Worth.UNTIL_OLD, remove);
    }
}
