package dev.unitymlops.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Display display(boolean live) {
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Display(new Terminal(new PrintStream(new ByteArrayOutputStream()), stream, false, live, false));
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void without_a_terminal_every_line_stays_and_fleeting_ones_are_left_out() {
        Display display = display(false);
        display.passing("10 %");
        display.fleeting("noise");
        display.passing("20 %");
        display.line("done");

        assertThat(shown()).isEqualTo("10 %\n20 %\ndone\n".replace("\n", System.lineSeparator()));
    }

    @Test
    void on_a_terminal_a_passing_line_is_wiped_out_by_the_next_without_escape_sequences() {
        Display display = display(true);
        display.passing("10 percent");
        display.passing("20 %");
        display.line("done");

        assertThat(shown())
                .isEqualTo("10 percent\r            \r20 %\r      \rdone" + System.lineSeparator())
                .doesNotContain("\u001b");
    }

    @Test
    void what_comes_after_the_end_starts_on_an_empty_line() {
        try (Display display = display(true)) {
            display.passing("10 %");
        }

        assertThat(shown()).isEqualTo("10 %\r      \r");
    }

    @Test
    void a_passing_line_never_wraps_even_when_Ctrl_C_is_echoed_behind_it_and_both_are_wiped_out() {
        Display display = display(true);
        display.passing("x".repeat(200));

        assertThat(shown() + "^C").hasSize(79);

        display.line("done");

        assertThat(shown()).endsWith("\r" + " ".repeat(79) + "\rdone" + System.lineSeparator());
    }
}
