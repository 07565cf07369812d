package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private record Shared(KafkaSettings kafka, TopicSettings topics) {
        static Shared from(Settings.Reader s) {
            return new Shared(KafkaSettings.from(s), TopicSettings.from(s));
        }
    }

    @Test
    void itsTableIsTheOneThatTheCodeReads() throws Exception {
        var service = new Service<>("any", Shared::from, (config, metrics) -> List.of());

        assertThat(Files.readString(Path.of("README.md"))).contains(new ServiceHelp(service).markdown());
    }
}
