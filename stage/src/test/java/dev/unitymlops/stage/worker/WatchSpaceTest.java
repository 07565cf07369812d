package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.runtime.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchSpaceTest {
    private static final Path ARTIFACTS = Path.of("artifacts");
    private static final Path WORK = Path.of("work");

    private final AtomicLong underArtifacts = new AtomicLong(1024);
    private final AtomicLong underWork = new AtomicLong(1024);
    private final Pauses pauses = new Pauses();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final WatchSpace watch =
            watch(folder -> OptionalLong.of(folder.equals(ARTIFACTS) ? underArtifacts.get() : underWork.get()), pauses);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void work_stops_while_too_little_is_free_and_goes_on_when_there_is_enough_again() {
        watch.look();
        assertThat(pauses.reason()).isNull();
        assertThat(watch.check()).isEqualTo(Health.up());

        underArtifacts.set(1023);
        watch.look();
        assertThat(pauses.reason()).isEqualTo("no space left under artifacts (1023B free, worker.min-free is 1KiB)");
        assertThat(watch.check().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(watch.check().reason()).isEqualTo(pauses.reason());

        underWork.set(0);
        watch.look();
        assertThat(pauses.reason()).contains("under artifacts", "under work");

        underArtifacts.set(4096);
        underWork.set(1024);
        watch.look();
        assertThat(pauses.reason()).isNull();
        assertThat(watch.check()).isEqualTo(Health.up());
    }

    @Test
    void the_free_space_is_a_metric() {
        watch.look();
        underArtifacts.set(5);
        watch.look();
        assertThat(metrics.get("mlops.stage.space.free")
                        .tag("stage", "train")
                        .tag("place", "artifacts")
                        .gauge()
                        .value())
                .isEqualTo(5.0);
    }

    @Test
    void what_has_no_limit_or_cannot_be_measured_keeps_nobody_from_work() {
        Pauses bucket = new Pauses();
        try (var unlimited = closing(watch(folder -> OptionalLong.empty(), bucket))) {
            unlimited.watch().look();
        }
        assertThat(bucket.reason()).isNull();

        Pauses broken = new Pauses();
        try (var silent = closing(watch(
                folder -> {
                    throw new IOException("Stale file handle");
                },
                broken))) {
            silent.watch().look();
        }
        assertThat(broken.reason()).isNull();
    }

    private record Closing(WatchSpace watch) implements AutoCloseable {
        @Override
        public void close() {
            watch.close();
        }
    }

    private static Closing closing(WatchSpace watch) {
        return new Closing(watch);
    }

    private WatchSpace watch(FreeSpace space, Pauses onto) {
        return new WatchSpace(
                "train", 1024, Map.of("artifacts", ARTIFACTS, "work", WORK), onto.pause(), space, metrics);
    }
}
