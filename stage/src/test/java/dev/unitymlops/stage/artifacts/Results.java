package dev.unitymlops.stage.artifacts;

import dev.unitymlops.events.BuildCompleted;
import java.util.Map;

/** Results of attempts, for the tests. */
final class Results {

    private Results() {}

    static AttemptResult succeeded(AttemptId id, String contentHash, BuildCompleted event) {
        return ended(id, contentHash, new AttemptResult.Ending.Succeeded(event));
    }

    static AttemptResult ended(AttemptId id, String contentHash, AttemptResult.Ending ending) {
        return new AttemptResult(
                id,
                contentHash,
                false,
                Jobs.START,
                Jobs.START.plusMillis(1500),
                ending,
                Map.of("unity-mlops", "0.1.0", "java", "25"));
    }
}
