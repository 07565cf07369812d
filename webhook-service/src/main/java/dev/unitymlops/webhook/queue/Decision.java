package dev.unitymlops.webhook.queue;

import java.util.List;

/**
 * What was decided.
 *
 * @param next the state from now on; the same as before when nothing changes
 */
record Decision(Told next, List<Output> outputs) {

    Decision {
        outputs = List.copyOf(outputs);
    }

    static Decision nothing(Told same) {
        return new Decision(same, List.of());
    }
}
