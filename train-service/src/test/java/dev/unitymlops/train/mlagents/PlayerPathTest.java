package dev.unitymlops.train.mlagents;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerPathTest {

    @TempDir
    private Path folder;

    private Path player(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        file.toFile().setExecutable(true);
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reach.x86_64", "Reach.x86", "Reach", "Reach.sh", "a/b c/Reach.x86_64"})
    void acceptsWhatMlAgentsFinds(String path) throws Exception {
        Path player = player(path);

        assertThatCode(() -> PlayerPath.check(player)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.foo.app/Reach.x86_64", "my.x86_64/Reach.x86_64", "Reach.exe", "Reach.x86_64.bin"})
    void refusesWhatMlAgentsWouldCutOut(String path) throws Exception {
        Path player = player(path);

        assertThatThrownBy(() -> PlayerPath.check(player))
                .hasMessageContaining("ML-Agents removes")
                .hasMessageContaining(path);
    }

    @Test
    void refusesWildcards() throws Exception {
        Path player = player("Reach[1].x86_64");

        assertThatThrownBy(() -> PlayerPath.check(player)).hasMessageContaining("wildcards");
    }

    @Test
    void refusesAMissingOrUnexecutablePlayer() throws Exception {
        Path player = player("Reach.x86_64");
        player.toFile().setExecutable(false);

        assertThatThrownBy(() -> PlayerPath.check(player)).hasMessageContaining("no permission to be executed");
        assertThatThrownBy(() -> PlayerPath.check(folder.resolve("None.x86_64")))
                .hasMessageContaining("holds no file None.x86_64");
    }

    /** With a plain name beside it ML-Agents starts the one with the suffix. */
    @Test
    void refusesAPlayerThatAnotherOneShadows() throws Exception {
        player("Reach.x86_64");
        Path plain = player("Reach");

        assertThatThrownBy(() -> PlayerPath.check(plain)).hasMessageContaining("would not find it");
    }
}
