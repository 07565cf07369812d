package dev.unitymlops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    enum Mode {
        AT_ONCE,
        LATER
    }

    record Example(
            String name,
            int slots,
            Duration lease,
            boolean dry,
            List<String> labels,
            Path root,
            Mode mode,
            @Nullable String executable,
            String password,
            Map<String, String> kafka) {
        Example {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name is needed");
            }
        }

        static Example from(Settings.Reader s) {
            return new Example(
                    s.key("worker.name", "Name.").text(),
                    s.key("worker.slots", "Jobs side by side.").count(2, 1, 16),
                    s.key("worker.lease", "Lease.").duration(Duration.ofSeconds(30)),
                    s.key("worker.dry", "Dry.").flag(false),
                    s.key("worker.labels", "Labels.").list(List.of("linux")),
                    s.key("artifacts.root", "Root.").path(Path.of("artifacts")),
                    s.key("worker.mode", "Mode.").choice(Mode.class, Mode.AT_ONCE),
                    s.key("unity.executable", "Editor.").env("UNITY_EXECUTABLE").optionalText(),
                    s.key("door.password", "Password.").text("open"),
                    s.prefixed("kafka.", "Kafka's."));
        }
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        var read = Settings.of(Map.of("worker.name", "w")).read(Example::from);

        assertThat(read)
                .isEqualTo(new Example(
                        "w",
                        2,
                        Duration.ofSeconds(30),
                        false,
                        List.of("linux"),
                        Path.of("artifacts"),
                        Mode.AT_ONCE,
                        null,
                        "open",
                        Map.of()));
    }

    @Test
    void theLaterLayerWins(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.properties"),
                "worker.name=file\nworker.slots=3\nworker.lease=1m\nkafka.security.protocol=SSL\nkafka.linger.ms=1\n");
        var environment = Map.of(
                "MLOPS_WORKER_SLOTS", "4",
                "MLOPS_WORKER_LEASE", "2m",
                "MLOPS_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "UNITY_EXECUTABLE", "/opt/unity");

        var read = Settings.fromArguments(
                        List.of("--config", file.toString(), "--set", "worker.lease=3m", "--set=worker.mode=later"),
                        environment)
                .read(Example::from);

        assertThat(read.name()).isEqualTo("file");
        assertThat(read.slots()).isEqualTo(4);
        assertThat(read.lease()).isEqualTo(Duration.ofMinutes(3));
        assertThat(read.mode()).isEqualTo(Mode.LATER);
        assertThat(read.executable()).isEqualTo("/opt/unity");
        assertThat(read.kafka()).isEqualTo(Map.of("security.protocol", "SASL_SSL", "linger.ms", "1"));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        var settings = Settings.of(Map.of(
                "worker.slots", "17",
                "worker.lease", "soon",
                "worker.dry", "maybe",
                "worker.mode", "never",
                "worker.slot", "1",
                "colour", "red"));

        var thrown = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings.read(s -> {
                    s.key("worker.name", "Name.").text();
                    s.key("worker.slots", "Jobs side by side.").count(2, 1, 16);
                    s.key("worker.lease", "Lease.").duration(Duration.ofSeconds(30));
                    s.key("worker.dry", "Dry.").flag(false);
                    s.key("worker.mode", "Mode.").choice(Mode.class, Mode.AT_ONCE);
                    s.problem("worker.lease", "1s", "is shorter than a beat", "write 3s or more");
                    return "read";
                }));

        assertThat(thrown.problems())
                .extracting(InvalidSettings.Problem::line)
                .containsExactly(
                        "worker.name: is missing (set it: --set worker.name=..., or MLOPS_WORKER_NAME)",
                        "worker.slots = \"17\": is out of range (write a whole number from 1 to 16)",
                        "worker.lease = \"soon\": is not a duration (write it as 250ms, 30s, 5m, 2h, 7d or PT1H30M)",
                        "worker.dry = \"maybe\": is neither true nor false (write true or false)",
                        "worker.mode = \"never\": is none of the choices (write one of at-once, later)",
                        "worker.lease = \"1s\": is shorter than a beat (write 3s or more)",
                        "colour: there is no such setting (remove it; --help lists the settings there are)",
                        "worker.slot: there is no such setting (did you mean worker.slots?)");
    }

    @Test
    void aRecordThatRefusesAStandInDoesNotHideWhatIsMissing() {
        var settings = Settings.of(Map.of("worker.slots", "many"));

        assertThatThrownBy(() -> settings.read(Example::from))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("worker.name: is missing")
                .hasMessageContaining("worker.slots = \"many\": is not a whole number");
    }

    @Test
    void aRecordThatRefusesGoodValuesSaysSoItself() {
        assertThatThrownBy(() -> Settings.of(Map.of()).read(s -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }

    @Test
    void secretsAreShownNowhere() {
        var reader = Settings.of(Map.of(
                        "worker.name", "w",
                        "door.password", "sesame",
                        "kafka.sasl.jaas.config", "user sesame",
                        "kafka.basic.auth.user.info", "me:sesame",
                        "kafka.ssl.key.password", "sesame",
                        "kafka.linger.ms", "5"))
                .reader();
        reader.shape(Example::from);
        reader.key("pin", "Pin.").secret().count(0, 0, 9);
        reader.finish();

        assertThat(reader.effective())
                .containsEntry("door.password", "(hidden)")
                .containsEntry("kafka.sasl.jaas.config", "(hidden)")
                .containsEntry("kafka.basic.auth.user.info", "(hidden)")
                .containsEntry("kafka.ssl.key.password", "(hidden)")
                .containsEntry("pin", "(hidden)")
                .containsEntry("kafka.linger.ms", "5")
                .containsEntry("worker.slots", "2");
        assertThat(reader.effective().toString()).doesNotContain("sesame");
    }

    @Test
    void aWrongSecretIsNotRepeated() {
        assertThatThrownBy(() -> Settings.of(Map.of("pin", "1234567"))
                        .read(s -> s.key("pin", "Pin.").secret().count(0, 0, 9999)))
                .hasMessageContaining("pin = \"(hidden)\"")
                .hasMessageNotContaining("1234567");
    }

    @Test
    void anEmptyTextCountsAsNotGiven() {
        var settings = Settings.fromArguments(List.of(), Map.of("MLOPS_WORKER_SLOTS", " ", "UNITY_EXECUTABLE", ""));

        var read = settings.with(Map.of("worker.name", "w")).read(Example::from);

        assertThat(read.slots()).isEqualTo(2);
        assertThat(read.executable()).isNull();
    }

    @Test
    void aVariableThatIsNoSettingIsNamedWithWhatWasMeant() {
        var reader = Settings.fromArguments(
                        List.of(),
                        Map.of("MLOPS_WORKER_SLOT", "1", "MLOPS_LOG_FORMAT", "json", "MLOPS_KAFKA_ACKS", "all"))
                .with(Map.of("worker.name", "w"))
                .reader();
        reader.shape(Example::from);
        reader.finish();

        assertThat(reader.unknownVariables())
                .isEqualTo(Map.of("MLOPS_WORKER_SLOT", "did you mean MLOPS_WORKER_SLOTS?"));
    }

    @Test
    void argumentsThatAreNotUnderstoodAreAllNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Settings.fromArguments(
                        List.of("--verbose", "--config=" + folder.resolve("none"), "--set", "=1", "--set"), Map.of()))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidSettings.Problem::message)
                                .containsExactly(
                                        "is not an option", "there is no such file", "has no key", "has no value"));
    }

    @Test
    void userInfoInAUrlIsHidden() {
        Settings.Reader reader = Settings.of(
                        Map.of("schema.registry.url", "https://me:s3cret@a.example:8081,https://b.example"))
                .reader();
        reader.key("schema.registry.url", "Base URL of the schema registry.").text();
        assertThat(reader.effective().get("schema.registry.url"))
                .doesNotContain("s3cret")
                .contains("a.example:8081", "https://b.example");
    }

    @Test
    void describesWhatItAskedFor() {
        var reader = Settings.of(Map.of("worker.name", "w")).reader();
        reader.shape(Example::from);

        assertThat(reader.describe())
                .extracting(SettingDescription::markdown)
                .contains(
                        "| `unity.executable` | text |  | Editor. Also `UNITY_EXECUTABLE`. |",
                        "| `worker.lease` | duration | `30s` | Lease. |",
                        "| `worker.name` | text | required | Name. |",
                        "| `worker.slots` | 1..16 | `2` | Jobs side by side. |");
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "45,PT45S", "5m,PT5M", "2H,PT2H", "7d,PT168H", "PT1H30M,PT1H30M"})
    void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
        assertThat(Durations.parse(Durations.text(expected))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-PT5S", "-5", "5 weeks", "1e3"})
    void otherTextsAreNoDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessageStartingWith("is not a duration");
    }
}
