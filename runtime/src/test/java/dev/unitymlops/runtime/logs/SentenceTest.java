package dev.unitymlops.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class SentenceTest {

    @Test
    void pairs_leave_the_sentence() {
        Sentence sentence = of("An attempt failed jobId={} attempt={} reason=\"{}\"", "job-1", 2, "no disk");

        assertThat(sentence.text()).isEqualTo("An attempt failed");
        assertThat(sentence.pairs())
                .containsExactly(entry("jobId", "job-1"), entry("attempt", 2), entry("reason", "no disk"));
    }

    @Test
    void what_is_no_pair_stays_in_it() {
        Sentence sentence = of("{} of {} are left topic={}.", 1, 2, "a$b\\c");

        assertThat(sentence.text()).isEqualTo("1 of 2 are left.");
        assertThat(sentence.pairs()).containsExactly(entry("topic", "a$b\\c"));
    }

    @Test
    void places_without_arguments_and_arguments_without_places_do_no_harm() {
        assertThat(of("a={} b={}", 1).text()).isEqualTo("b={}");
        assertThat(of("done", 1, new IllegalStateException()).text()).isEqualTo("done");
        assertThat(Sentence.of("x={}", null).text()).isEqualTo("x={}");
        assertThat(of("x={}", (Object) null).pairs()).containsEntry("x", null);
    }

    private static Sentence of(String template, Object... arguments) {
        return Sentence.of(template, arguments);
    }
}
