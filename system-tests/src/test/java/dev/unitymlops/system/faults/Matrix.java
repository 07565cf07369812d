package dev.unitymlops.system.faults;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The report of all cells. */
record Matrix(long seed, int rounds, List<Tally> tallies) {
    private static final String HEAD = """
            | struck | fault | rounds | jobs | lost | events doubled | two holders | superseded or second models | orphans | failed | poison not kept | recovery: n, p50 / p99 s | all ended: p50 / p99 s |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    String text() {
        return HEAD + tallies.stream().map(Tally::row).collect(joining("\n"));
    }

    String document() {
        return """
                # Faults

                What the fault harness saw (`system-tests`, package `dev.unitymlops.system.faults`). Written by

                    %s

                on %s, %s.

                %s

                A fleet is a broker, a schema registry, one build-service, two train-services and one registry-service, each a process of
                its own, lease %d s, two slots a worker. In each round 12 jobs come in, ten dry and two with own build and training
                commands, while the fault strikes at a time that is drawn from the round's seed; then it is healed, six more are asked
                for, and the oracle reads every topic from the first record, the artifact store, the registry and the process table.

                - **recovery**: from the kill, of other faults from the healing, until a reader of the topics saw the next event made by what
                  was struck (of a broker, a registry, producers or the store: by anybody). `n` of the rounds had one: of two trainers the
                  other may do all that is left. With fewer than a hundred of them p99 is the longest.
                - **all ended**: from the healing until each job of the round had ended, those asked for afterwards included.
                - **events doubled** counts what a `read_committed` reader saw twice; **lost** jobs without an end.
                - Killed processes are started again after up to 4 s, paused ones and cut networks last 1.2 to 2 leases.

                Every round prints its seed. `-Dfaults.seed=<seed> -Dfaults.rounds=1 -Dfaults.cells=<fault>/<part>` draws the same faults again.
                """.formatted(command(), LocalDate.now(ZoneOffset.UTC), machine(), text(), Fleet.LEASE.toSeconds());
    }

    private String command() {
        String cells = System.getProperty("faults.cells", "");
        return "./mvnw verify -Pfaults -Dfaults.write -Dfaults.seed=%d -Dfaults.rounds=%d%s"
                .formatted(seed, rounds, cells.isEmpty() ? "" : " -Dfaults.cells=" + cells);
    }

    private static String machine() {
        String words = System.getProperty("faults.machine", "");
        return "%d processors%s"
                .formatted(Runtime.getRuntime().availableProcessors(), words.isEmpty() ? "" : ", " + words);
    }
}
