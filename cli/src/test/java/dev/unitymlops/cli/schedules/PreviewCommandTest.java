package dev.unitymlops.cli.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.RunAlone;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PreviewCommandTest {

    private static RunAlone preview(String... arguments) {
        String[] all = Stream.concat(Stream.of("preview"), Stream.of(arguments)).toArray(String[]::new);
        return RunAlone.of(Map.of(), (say, find) -> new PreviewCommand(say, Clock.systemUTC()), all);
    }

    @Test
    void shows_what_a_clock_change_does() {
        RunAlone shown =
                preview("30 2 * * *", "--zone", "Europe/Berlin", "--from", "2026-03-28T00:00:00Z", "-n", "3", "--json");

        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.json().stream().map(line -> line.path("local").asText()))
                .containsExactly("2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00");
    }

    @Test
    void every_wrong_argument_is_named() {
        RunAlone refused = preview("61 * * * *", "--zone", "Mars/Base", "--from", "today", "--dialect", "vixie");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("EXPR", "61", "--zone", "Mars/Base", "--from", "today", "--dialect", "vixie");
    }
}
