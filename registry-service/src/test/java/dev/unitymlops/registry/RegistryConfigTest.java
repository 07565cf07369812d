package dev.unitymlops.registry;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

    @Test
    void itsOwnSettingsAreRead() {
        RegistryConfig config = Settings.of(Map.of(
                        "bootstrap.servers", "127.0.0.1:9092",
                        "schema.registry.url", "http://127.0.0.1:8081",
                        "registry.max-model-bytes", "1000",
                        "registry.check-timeout", "5s"))
                .read(RegistryConfig::from);

        assertThat(config.check().maxBytes()).isEqualTo(1000);
        assertThat(config.check().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aModelLargerThanAProtocolBufferCannotBeAllowed() {
        Settings settings = Settings.of(Map.of("registry.max-model-bytes", "2147483648"));

        assertThatThrownBy(() -> settings.read(RegistryConfig::from))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        invalid -> assertThat(invalid.problems())
                                .anyMatch(problem -> problem.line().startsWith("registry.max-model-bytes")));
    }

    @Test
    void whatIsNoBucketAndNoAddressIsToldAtOnce() {
        Settings settings = Settings.of(Map.of(
                "vertex.staging-bucket", "/a/local/folder",
                "vertex.endpoint", "localhost:9000",
                "gcs.endpoint", "http://user:secret@localhost/"));

        assertThatThrownBy(() -> settings.read(RegistryConfig::from))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(InvalidSettings.Problem::line)
                                .anyMatch(line -> line.startsWith("vertex.staging-bucket"))
                                .anyMatch(line -> line.startsWith("vertex.endpoint"))
                                .anyMatch(line -> line.startsWith("gcs.endpoint"))
                                .noneMatch(line -> line.contains("secret")));
    }

    @Test
    void tritonNeedsAnImage() {
        assertThatThrownBy(() -> Settings.of(Map.of("vertex.serving", "triton")).read(RegistryConfig::from))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(InvalidSettings.Problem::line)
                                .anyMatch(line -> line.startsWith("vertex.serving-image")
                                        && line.contains("vertex.serving is triton")));
    }

    @Test
    void mlflowIsReadFromItsOwnVariables() {
        RegistryConfig config = Settings.fromArguments(
                        List.of("--set", "bootstrap.servers=b:9092", "--set", "schema.registry.url=http://r:8081"),
                        Map.of(
                                "MLFLOW_TRACKING_URI", "https://mlflow.example/prefix/",
                                "MLFLOW_TRACKING_USERNAME", "ada",
                                "MLFLOW_TRACKING_PASSWORD", "secret"))
                .read(RegistryConfig::from);

        assertThat(config.mlflow().trackingUri()).hasToString("https://mlflow.example/prefix");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"databricks", "file:///mlruns", "http://", "http://ada:secret@mlflow:5000", "http://m:5000?x"})
    void whatIsNoTrackingServerIsToldWithoutItsSecret(String address) {
        Settings settings = Settings.of(Map.of("mlflow.tracking-uri", address, "mlflow.username", "ada"));

        assertThatThrownBy(() -> settings.read(RegistryConfig::from))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(InvalidSettings.Problem::line)
                                .anyMatch(line -> line.startsWith("mlflow.tracking-uri")
                                        && line.contains("write http(s)://host:port"))
                                .anyMatch(line -> line.startsWith("mlflow.password"))
                                .noneMatch(line -> line.contains("secret")));
    }

    @Test
    void theFileRegistryIsInTheStoreAndNeedsAFolderOfItsOwnWhereThatIsABucket() {
        Map<String, String> broker =
                Map.of("bootstrap.servers", "127.0.0.1:9092", "schema.registry.url", "http://127.0.0.1:8081");
        Settings disk = Settings.of(broker).with(Map.of("artifacts.root", "/store"));
        assertThat(disk.read(RegistryConfig::from).fileRegistry()).isEqualTo(Path.of("/store/registry"));

        Settings bucket = Settings.of(broker).with(Map.of("artifacts.root", "gs://bucket/store"));
        assertThatThrownBy(() -> bucket.read(RegistryConfig::from))
                .hasMessageContaining("registry.root")
                .hasMessageContaining("gs://bucket/store")
                .hasMessageContaining("folder on a disk");
        assertThat(bucket.with(Map.of("registry.root", "/models"))
                        .read(RegistryConfig::from)
                        .fileRegistry())
                .isEqualTo(Path.of("/models"));
    }

    @Test
    void theReadmeTellsItsSettingsAsTheCodeReadsThem() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(new ServiceHelp(RegistryMain.SERVICE)
                        .markdown()
                        .lines()
                        .filter(line -> line.matches("\\| `(registry|vertex|gcs|mlflow|provenance)\\..*")))
                .hasSize(22)
                .allSatisfy(line -> assertThat(readme).contains(line));
    }
}
