package dev.unitymlops.cli.view;

import dev.unitymlops.events.Stage;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stage in one run. Facts of the same stage and run become one whatever the order in which they come.
 *
 * @param at when it was said
 */
record StageFacts(
        Stage stage,
        int run,
        int attempt,
        JobState state,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant at) {
    /** The end counts for more than any progress, a later attempt for more than an earlier one, then the later word. */
    StageFacts and(StageFacts other) {
        boolean mine = newerThan(other);
        StageFacts newer = mine ? this : other;
        StageFacts older = mine ? other : this;
        boolean sameAttempt = newer.attempt == older.attempt;
        return new StageFacts(
                stage,
                run,
                newer.attempt,
                newer.state,
                sameAttempt && !newer.state.over() ? earlier(newer.startedAt, older.startedAt) : newer.startedAt,
                newer.completedAt,
                newer.at);
    }

    private boolean newerThan(StageFacts other) {
        if (state.over() != other.state.over()) {
            return state.over();
        }
        return attempt != other.attempt ? attempt > other.attempt : !at.isBefore(other.at);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.isBefore(two) ? one : two;
    }

    StageView view() {
        return new StageView(word(stage), run, attempt, state, startedAt, completedAt);
    }

    static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
