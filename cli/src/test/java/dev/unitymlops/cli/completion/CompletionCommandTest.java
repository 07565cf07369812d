package dev.unitymlops.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.RunAlone;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionCommandTest {
    @Test
    void the_script_completes_the_commands_and_their_options() {
        RunAlone ran = RunAlone.of(Map.of(), (say, find) -> new CompletionCommand(say), "completion");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("#!/usr/bin/env bash").contains("complete -F _complete_mlops", "--json");
    }
}
