package dev.unitymlops.stage.children;

import java.util.List;

/**
 * How a program ended.
 *
 * @param code exit code; 128 + n when signal n ended it
 * @param timedOut whether it was stopped because its time was up
 * @param tail last lines of its output, at most 40
 */
public record ChildExit(int code, boolean timedOut, List<String> tail) {

    public ChildExit {
        tail = List.copyOf(tail);
    }
}
