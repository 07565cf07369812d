package dev.unitymlops.system.faults;

import java.util.List;
import java.util.Map;

/**
 * What the oracle found.
 *
 * @param accepted jobs that the broker had taken
 * @param lost jobs without an end
 * @param failed jobs that ended as failed
 * @param models versions in the registry
 * @param breaches of each guarantee, a line each
 */
record Verdict(int accepted, int lost, int failed, int models, Map<String, List<String>> breaches) {

    int of(String guarantee) {
        return breaches.getOrDefault(guarantee, List.of()).size();
    }

    /** Every breach, a line each; empty when every guarantee was kept. */
    List<String> all() {
        return breaches.entrySet().stream()
                .flatMap(it -> it.getValue().stream().map(breach -> it.getKey() + ": " + breach))
                .toList();
    }
}
