package dev.unitymlops.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.train.mlagents.MlAgentsSettings;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainConfigTest {

    private static TrainConfig read(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(
                Map.of("bootstrap.servers", "127.0.0.1:9092", "schema.registry.url", "http://127.0.0.1:8081"));
        all.putAll(values);
        return Settings.of(all).read(TrainConfig::from);
    }

    @Test
    void hasDefaults() {
        assertThat(read(Map.of()).mlagents())
                .isEqualTo(new MlAgentsSettings(
                        List.of(), 15_008, 29_999, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(2)));
    }

    @Test
    void takesWhatIsGiven() {
        TrainConfig config = read(Map.of(
                "train.gpus",
                "0, GPU-1a",
                "trainer.env",
                "/env",
                "train.mlagents-learn",
                "/bin/learn",
                "cache.dir",
                "/c"));

        assertThat(config.mlagents().gpus()).isEqualTo(List.of("0", "GPU-1a"));
        assertThat(config.trainerEnv())
                .isEqualTo(new TrainerEnvSettings(
                        Path.of("/c/trainer-env"), Optional.of(Path.of("/env")), Optional.of(Path.of("/bin/learn"))));
    }

    @Test
    void namesEveryProblem() {
        assertThatThrownBy(() -> read(Map.of(
                        "train.first-port",
                        "16000",
                        "train.last-port",
                        "15000",
                        "train.stall-timeout",
                        "soon",
                        "train.gpu",
                        "0")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("train.last-port")
                .hasMessageContaining("train.stall-timeout")
                .hasMessageContaining("train.gpus");
    }
}
