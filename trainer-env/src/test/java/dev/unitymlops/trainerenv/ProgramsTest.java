package dev.unitymlops.trainerenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ProgramsTest {
    private static final Path ROOT = Path.of("/");
    private final Programs programs = new Programs(Map.of("PATH", "/usr/bin:/bin", "COLOUR", "blue"));

    private Programs.Outcome sh(String script, Duration limit, Consumer<String> lines) throws Exception {
        return programs.run(List.of("/bin/sh", "-c", script), ROOT, limit, lines);
    }

    @Test
    void tells_exit_code_and_both_streams_and_passes_only_its_own_variables() throws Exception {
        var outcome = sh("echo $COLOUR; echo $HOME >&2; exit 7", Duration.ofSeconds(10), line -> {});

        assertThat(outcome).isEqualTo(new Programs.Outcome(7, false, List.of("blue", "")));
    }

    @Test
    void what_takes_too_long_is_killed_with_its_children() throws Exception {
        var grandchild = new CompletableFuture<Long>();

        var outcome = sh(
                "sleep 600 & echo $!; wait", Duration.ofMillis(500), line -> grandchild.complete(Long.valueOf(line)));

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.ok()).isFalse();
        assertGone(grandchild.get());
    }

    @Test
    void an_interrupt_ends_the_child() throws Exception {
        var child = new CompletableFuture<Long>();
        var ended = new CompletableFuture<Throwable>();
        var runner = Thread.ofPlatform().start(() -> {
            try {
                sh("echo $$; exec sleep 600", Duration.ofMinutes(10), line -> child.complete(Long.valueOf(line)));
                ended.complete(new AssertionError("was not interrupted"));
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        var pid = child.get();

        runner.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertGone(pid);
    }

    @Test
    void a_program_that_is_not_there_is_an_io_error() {
        assertThatThrownBy(() -> programs.runToItsEnd(List.of("/nonexistent/program"), ROOT, line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/nonexistent/program");
        assertThat(programs.ask("/nonexistent/program")).isEmpty();
    }

    private static void assertGone(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(180, TimeUnit.SECONDS);
        }
    }
}
