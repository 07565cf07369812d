package dev.unitymlops.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.runtime.ServiceHelp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {

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
