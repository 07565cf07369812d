package dev.unitymlops.stage.worker;

import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an attempt failed because nothing more could be written: that says nothing about its job. */
final class FullDisk {

    /** Of Linux and macOS (ENOSPC, EDQUOT), as Java hands them on in English. */
    private static final List<String> WORDS = List.of("No space left on device", "Disk quota exceeded");

    private static final int DEEPEST = 16;

    private FullDisk() {}

    /** The failure as it is, or one that waits for space without using an attempt up. */
    static StageFailure waitsForSpace(StageFailure failure) {
        return failure.retry() == Retry.BACK_OFF && isBehind(failure.getCause())
                ? StageFailure.of(
                                failure.failureCause(),
                                Retry.WAIT,
                                "no space is left to write to; this attempt does not count: " + failure.getMessage())
                        .withProduced(failure.produced())
                        .because(failure)
                : failure;
    }

    private static boolean isBehind(@Nullable Throwable reason) {
        Throwable each = reason;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            String message = each.getMessage();
            if (each instanceof IOException && message != null && WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
