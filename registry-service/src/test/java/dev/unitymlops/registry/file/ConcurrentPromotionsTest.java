package dev.unitymlops.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.Promote;
import dev.unitymlops.registry.registration.Promote.Outcome;
import dev.unitymlops.registry.registration.TestVersions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Eight threads and two further processes promote versions of one model at once. */
@Timeout(300)
class ConcurrentPromotionsTest {

    private static final int VERSIONS = 5;
    private static final int THREADS = 8;
    private static final int EACH = 20;

    @TempDir
    Path home;

    private final SecondProcesses processes = new SecondProcesses();

    @AfterEach
    void killProcesses() {
        processes.close();
    }

    /** A move: the version that had production, null for none, and the one that got it. */
    private record Move(String from, String to) {
        static Move parse(String line) {
            int blank = line.indexOf(' ');
            return new Move(line.substring(0, blank), line.substring(blank + 1));
        }
    }

    @Test
    void leaveExactlyOneProductionAndAnUnbrokenChainOfEvents() throws Exception {
        FileRegistry registry = registered();
        BufferedReader one = start();
        BufferedReader other = start();
        processes.go();

        List<Move> moves = new ArrayList<>(moves(registry));
        one.lines().map(Move::parse).forEach(moves::add);
        other.lines().map(Move::parse).forEach(moves::add);

        ModelHistory history = registry.history(TestVersions.REACH).orElseThrow();
        String production = String.valueOf(history.with(Aliases.PRODUCTION).orElseThrow());
        assertThat(IntStream.rangeClosed(1, VERSIONS)
                        .filter(version -> history.aliasesOf(version).contains(Aliases.PRODUCTION)))
                .hasSize(1);
        assertThat(moves).filteredOn(move -> move.from().equals("null")).hasSize(1);
        assertThat(balance(moves))
                .as("who got it and lost it as often does not have it; told exactly the moves that were made")
                .containsExactlyInAnyOrderEntriesOf(Map.of("null", -1, production, 1));
    }

    private FileRegistry registered() throws Exception {
        var versions = new TestVersions(Files.createDirectory(home.resolve("models")));
        var registry = new FileRegistry(home.resolve("registry"), InstantSource.system());
        for (int job = 1; job <= VERSIONS; job++) {
            registry.register(versions.of("job-" + job, "content of " + job));
        }
        return registry;
    }

    /** Refused is who comes too late again and again; that is told, and nothing has moved. */
    private static List<Move> moves(FileRegistry registry) throws Exception {
        var promote = new Promote(registry, InstantSource.system());
        List<Callable<List<Move>>> tasks = IntStream.range(0, THREADS)
                .<Callable<List<Move>>>mapToObj(thread -> () -> {
                    List<Move> made = new ArrayList<>();
                    for (int turn = 0; turn < EACH; turn++) {
                        Outcome outcome = PromoteMain.next(promote, 1 + (thread + turn) % VERSIONS);
                        if (outcome instanceof Outcome.Moved moved) {
                            made.add(Move.parse(moved.event().getFromVersion() + " "
                                    + moved.event().getVersion()));
                        }
                    }
                    return made;
                })
                .toList();
        List<Move> moves = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<List<Move>> made : threads.invokeAll(tasks)) {
                moves.addAll(made.get());
            }
        }
        return moves;
    }

    /** How often each version got production, less how often it lost it; without those of nought. */
    private static Map<String, Integer> balance(List<Move> moves) {
        Map<String, Integer> balance = new HashMap<>();
        for (Move move : moves) {
            balance.merge(move.to(), 1, Integer::sum);
            balance.merge(move.from(), -1, Integer::sum);
        }
        balance.values().removeIf(times -> times == 0);
        return balance;
    }

    private BufferedReader start() throws IOException {
        return processes.start(PromoteMain.class, home.resolve("registry"), VERSIONS, EACH);
    }
}
