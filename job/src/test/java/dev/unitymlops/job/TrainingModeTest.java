package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingModeTest {

    @ParameterizedTest
    @CsvSource({
        "online, false, , ONLINE",
        "online, true, , ONLINE",
        "online, false, a.demo, ONLINE",
        "Online, true, a.demo, HYBRID",
        "HYBRID, false, a.demo, HYBRID",
        "offline, true, a.demo, OFFLINE"
    })
    void theOriginalsSwitchMakesHybridOfOnline(String mode, boolean use, String path, TrainingMode expected) {
        TrainingJob job = Jobs.minimal();
        job.getRlConfig().setTrainingMode(mode);
        job.getRlConfig().setUseOfflineDemonstrations(use);
        job.getRlConfig().setDemonstrationPath(path);
        assertThat(TrainingMode.of(job)).isEqualTo(expected);
    }

    @Test
    void demonstrationsWithoutEffectAreAWarning() {
        TrainingJob job = Jobs.with("rl_config.demonstration_path", "\"a.demo\"", "rl_config.imitation", "{}");
        assertThat(JobRules.inspect(job, Where.HERE).warnings()).hasSize(2);
        assertThat(JobRules.check(job, Where.HERE)).isEmpty();
    }
}
