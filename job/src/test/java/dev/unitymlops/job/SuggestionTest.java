package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("max_steps", "num_envs", "time_scale", "seed");

    @ParameterizedTest
    @CsvSource({
        "max_step, max_steps",
        "maxSteps, max_steps",
        "max-steps, max_steps",
        "mxa_steps, max_steps",
        "num_env, num_envs",
        "tiem_scale, time_scale",
        "sead, seed"
    })
    void aSlipIsRecognised(String word, String meant) {
        assertThat(Suggestion.nearest(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "steps_per_update"})
    void whatIsFarFromAllIsNotGuessed(String word) {
        assertThat(Suggestion.nearest(word, KNOWN)).isEmpty();
    }

    @Test
    void aLongWordIsNotCompared() {
        assertThat(Suggestion.nearest("max_steps".repeat(100_000), KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, '', 3", "abc, abd, 1", "abc, acb, 1", "kitten, sitting, 3"})
    void distances(String a, String b, int edits) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(edits);
        assertThat(Suggestion.distance(b, a)).isEqualTo(edits);
    }
}
