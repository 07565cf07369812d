package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final List<String> WORKERS = List.of("w-1", "w-2", "w-3", "w-4");

    @Test
    void eachJobRanksTheWorkersWithoutATie() {
        IntStream.range(0, 200)
                .mapToObj(i -> "job-" + i)
                .forEach(job -> assertThat(WORKERS.stream().map(worker -> Placement.rank(job, worker, WORKERS)))
                        .containsExactlyInAnyOrder(0, 1, 2, 3));
    }

    @Test
    void jobsSpreadOverTheWorkers() {
        Map<String, Integer> preferred = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            for (String worker : WORKERS) {
                if (Placement.rank("job-" + i, worker, WORKERS) == 0) {
                    preferred.merge(worker, 1, Integer::sum);
                }
            }
        }
        assertThat(preferred.keySet()).containsExactlyInAnyOrderElementsOf(WORKERS);
        assertThat(preferred.values()).allMatch(jobs -> jobs > 150);
    }

    @Test
    void oneAloneIsFirst() {
        assertThat(Placement.rank("job", "w-1", List.of("w-1"))).isZero();
        assertThat(Placement.rank("job", "w-1", List.of())).isZero();
    }
}
