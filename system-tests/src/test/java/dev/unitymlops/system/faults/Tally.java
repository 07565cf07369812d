package dev.unitymlops.system.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the rounds of a cell came to. */
final class Tally {
    private final Cell cell;
    private final List<Round.Outcome> outcomes = new ArrayList<>();
    private String skipped = "";

    Tally(Cell cell) {
        this.cell = cell;
    }

    void add(Round.Outcome outcome) {
        outcomes.add(outcome);
    }

    void skip(String reason) {
        skipped = reason;
    }

    /** Every breach of every round, a line each. */
    List<String> breaches() {
        return outcomes.stream()
                .flatMap(it -> it.verdict().all().stream().map(breach -> it.schedule() + " " + breach))
                .toList();
    }

    /** A row of the matrix in Markdown; {@link Matrix} has its head. */
    String row() {
        if (!skipped.isEmpty()) {
            return "| %s | %s | skipped: %s |"
                    .formatted(cell.part().word(), cell.fault().words(), skipped);
        }
        List<Duration> recoveries = outcomes.stream()
                .flatMap(it -> it.recovery().values().stream())
                .flatMap(Optional::stream)
                .toList();
        List<Duration> allEnded = outcomes.stream().map(Round.Outcome::allEnded).toList();
        return "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d: %s / %s | %s / %s |"
                .formatted(
                        cell.part().word(),
                        cell.fault().words(),
                        outcomes.size(),
                        outcomes.stream().mapToInt(Round.Outcome::jobs).sum(),
                        outcomes.stream().mapToInt(it -> it.verdict().lost()).sum(),
                        sum(Oracle.ONCE),
                        sum(Oracle.HOLDER),
                        sum(Oracle.SUPERSEDED) + sum(Oracle.MODEL),
                        sum(Oracle.ORPHANS),
                        sum(Oracle.FAILED),
                        sum(Oracle.POISON),
                        recoveries.size(),
                        percentile(recoveries, 50),
                        percentile(recoveries, 99),
                        percentile(allEnded, 50),
                        percentile(allEnded, 99));
    }

    private int sum(String guarantee) {
        return outcomes.stream().mapToInt(it -> it.verdict().of(guarantee)).sum();
    }

    private static String percentile(List<Duration> durations, int percent) {
        if (durations.isEmpty()) {
            return "-";
        }
        int rank = Math.ceilDiv(durations.size() * percent, 100);
        Duration found = durations.stream().sorted().toList().get(rank - 1);
        return String.format(Locale.ROOT, "%.1f", found.toMillis() / 1000.0);
    }
}
