package dev.unitymlops.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.ServiceHelp;
import dev.unitymlops.runtime.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {

    @Test
    void aSessionThatNoBrokerAllowsIsRefusedAtTheStart() {
        for (String wrong : List.of("999ms", "16m", "0s")) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("scheduler.session-timeout")
                    .hasMessageContaining("between 1s and 15m");
        }
        assertThat(read("1s").sessionTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read("15m").sessionTimeout()).isEqualTo(Duration.ofMinutes(15));
    }

    private static SchedulerConfig read(String sessionTimeout) {
        return Settings.of(Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "schema.registry.url", "mock://scheduler",
                        "scheduler.session-timeout", sessionTimeout))
                .read(SchedulerConfig::from);
    }

    @Test
    void theReadmeSaysWhatTheCodeReads() throws Exception {
        List<String> own = new ServiceHelp(SchedulerMain.SERVICE)
                .markdown()
                .lines()
                .filter(line -> line.contains("`scheduler."))
                .toList();
        assertThat(own).hasSize(3);
        assertThat(Files.readString(Path.of("README.md"))).contains(own);
    }
}
