package dev.unitymlops.cli.gc;

import dev.unitymlops.cli.gc.Candidate.Worth;
import dev.unitymlops.runtime.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes from one place what the rules say, the longest unused first. */
final class CleanPlace {
    private final Rules rules;
    private long left;

    CleanPlace(Rules rules) {
        this.rules = rules;
    }

    /** What became of each. */
    List<GcRow> clean(List<Candidate> candidates) {
        left = candidates.stream().mapToLong(each -> each.use().bytes()).sum();
        List<GcRow> rows = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparing((Candidate each) -> each.use().lastUsed()))
                .forEach(each -> rows.add(decide(each)));
        return rows;
    }

    private GcRow decide(Candidate each) {
        if (each.needed() != null) {
            return GcRow.of(each, GcRow.KEPT, each.needed());
        }
        String why = why(each);
        return why == null ? GcRow.of(each, GcRow.KEPT, "used after " + rules.cutoff()) : remove(each, why);
    }

    private @Nullable String why(Candidate each) {
        if (each.worth() == Worth.NOTHING) {
            return "nobody uses it any more";
        }
        if (each.use().lastUsed().isBefore(rules.cutoff())) {
            return "not used since " + each.use().lastUsed();
        }
        Long most = rules.keepBytes();
        return most != null && left > most && each.worth() == Worth.UNTIL_FULL
                ? "more than " + Bytes.text(most) + " are kept here"
                : null;
    }

    private GcRow remove(Candidate each, String why) {
        try {
            Optional<String> used =
                    rules.dryRun() ? Optional.empty() : each.remove().remove();
            if (used.isPresent()) {
                return GcRow.of(each, GcRow.KEPT, used.get());
            }
            left -= each.use().bytes();
            return GcRow.of(each, rules.dryRun() ? GcRow.WOULD_REMOVE : GcRow.REMOVED, why);
        } catch (IOException | RuntimeException e) {
            return GcRow.of(each, GcRow.FAILED, "it cannot be removed: " + e);
        }
    }
}
