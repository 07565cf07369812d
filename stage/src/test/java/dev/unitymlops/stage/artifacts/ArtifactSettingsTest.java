package dev.unitymlops.stage.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactSettingsTest {

    @Test
    void aFolderIsTheDefault() {
        ArtifactSettings settings = Settings.of(Map.of()).read(ArtifactSettings::from);
        assertThat(settings.store().root()).endsWithRaw(java.nio.file.Path.of("artifacts"));
    }

    @Test
    void aRootThatIsNoPlaceIsToldWithItsSetting() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() ->
                        Settings.of(Map.of("artifacts.root", "s3://bucket/x")).read(ArtifactSettings::from))
                .withMessageContaining("artifacts.root")
                .withMessageContaining("s3://bucket/x")
                .withMessageContaining("gs://bucket/folder");
    }

    @Test
    void anEndpointThatIsNoAddressIsToldToo() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Settings.of(
                                Map.of("artifacts.root", "gs://never-opened/x", "gcs.endpoint", "localhost:4443"))
                        .read(ArtifactSettings::from))
                .withMessageContaining("localhost:4443");
    }
}
