package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.ServiceHelp;
import dev.unitymlops.runtime.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookConfigTest {

    private final Map<String, String> settings =
            new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"));

    @TempDir
    private Path folder;

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNoSecretIsShown() throws Exception {
        Path endpoints = Files.writeString(folder.resolve("endpoints.properties"), """
                good.url=https://hooks.example.com/T0K3N
                good.secrets=%1$s
                no-secret.url=https://hooks.example.com/T0K3N
                bad-url.url=ftp://T0K3N@example.com
                bad-url.secrets=whsec_T0K3N
                wrapped.url=https://hooks.example.com/T0K3N
                wrapped.secrets=%1$s,
                whsec_T0K3N
                """.formatted(Installation.SECRET));
        settings.put("webhook.endpoints-file", endpoints.toString());
        settings.put("webhook.secret", "T0K3N");
        settings.put("webhook.allowed-networks", "10.0.0.0/64");
        assertThatThrownBy(() -> Settings.of(settings).read(WebhookConfig::from))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("webhook.secret")
                .hasMessageContaining("no-secret.secrets")
                .hasMessageContaining("bad-url.url")
                .hasMessageContaining("bad-url.secrets")
                .hasMessageContaining("a line that is neither")
                .hasMessageContaining("webhook.allowed-networks")
                .hasMessageNotContaining("T0K3N");
    }

    @Test
    void aFileThatIsMissingIsToldAndNotItsContent() {
        settings.put("webhook.endpoints-file", folder.resolve("nowhere").toString());
        assertThatThrownBy(() -> Settings.of(settings).read(WebhookConfig::from))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("webhook.endpoints-file");
    }

    @Test
    void theReadmeHasEverySetting() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        new ServiceHelp(WebhookMain.SERVICE)
                .markdown()
                .lines()
                .filter(line -> line.startsWith("| `webhook."))
                .forEach(line -> assertThat(readme).contains(line));
    }
}
