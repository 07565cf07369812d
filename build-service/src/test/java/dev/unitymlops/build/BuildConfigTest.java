package dev.unitymlops.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.runtime.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildConfigTest {

    private static final Map<String, String> CLUSTER =
            Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r");

    @Test
    void theDefaultsAreThoseOfTheOriginal() {
        BuildConfig config = Settings.of(CLUSTER).read(BuildConfig::from);

        assertThat(config.unityExecutable()).isEqualTo("Unity");
        assertThat(config.unityProject()).isEqualTo(Path.of("."));
        assertThat(config.behaviourSourceHosts()).isEmpty();
    }

    @Test
    void theOriginalsVariablesGiveTheirSettings() {
        BuildConfig config = Settings.fromArguments(
                        List.of(
                                "--set",
                                "bootstrap.servers=b:1",
                                "--set",
                                "schema.registry.url=http://r",
                                "--set",
                                "behaviour-source.hosts=Code.Example.org, other"),
                        Map.of("UNITY_EXECUTABLE", "/opt/unity", "UNITY_PROJECT_PATH", "/srv/game"))
                .read(BuildConfig::from);

        assertThat(config.unityExecutable()).isEqualTo("/opt/unity");
        assertThat(config.unityProject()).isEqualTo(Path.of("/srv/game"));
        assertThat(config.behaviourSourceHosts()).containsExactly("code.example.org", "other");
    }
}
