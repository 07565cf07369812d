package dev.unitymlops.system.faults;

import java.time.Duration;

/**
 * A fault at a time.
 *
 * @param member name of the process that it strikes; that of the part where it strikes none
 * @param after since the round's start
 * @param lasting until it is healed
 */
record Hit(Cell cell, String member, Duration after, Duration lasting) {

    @Override
    public String toString() {
        return "%s %s after %d ms for %d ms".formatted(cell.fault(), member, after.toMillis(), lasting.toMillis());
    }
}
