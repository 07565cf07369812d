package dev.unitymlops.stage.worker;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a worker takes no new work for now, although it lives; what runs goes on. Several reasons may stand side by side, each
 * set and lifted by who found it, and work is taken again when none stands. Thread-safe.
 */
public final class Pauses {

    private final List<Pause> all = new CopyOnWriteArrayList<>();

    /** One possible reason, which does not stand yet. Thread-safe. */
    public static final class Pause {
        private volatile @Nullable String reason;

        private Pause() {}

        /** The reason stands, in words that people read, such as {@code no space left under artifacts}. */
        public void set(String words) {
            reason = words;
        }

        /** The words of the reason; null when it does not stand. */
        @Nullable
        String words() {
            return reason;
        }

        /** The reason stands no longer. */
        public void lift() {
            reason = null;
        }
    }

    /** A possible reason of its own. */
    public Pause pause() {
        Pause made = new Pause();
        all.add(made);
        return made;
    }

    /** All reasons that stand; null when work is taken. */
    @Nullable
    String reason() {
        String reasons =
                all.stream().map(pause -> pause.reason).filter(Objects::nonNull).collect(Collectors.joining("; "));
        return reasons.isEmpty() ? null : reasons;
    }

    boolean any() {
        return all.stream().anyMatch(pause -> pause.reason != null);
    }
}
