package dev.unitymlops.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.cluster.Connection;
import dev.unitymlops.cli.cluster.ConnectionFile;
import dev.unitymlops.cli.trainerenv.MadeTrainerEnv;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlatformExtension.class)
class DoctorCommandTest {
    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aMachineThatHasAll() throws Exception {
        Path programs = temp.resolve("programs");
        MadeTrainerEnv.program(programs, "git", "#!/bin/sh\necho git version 2.99\n");
        MadeTrainerEnv.program(programs, "mcs", "#!/bin/sh\necho Mono C# compiler version 6\n");
        MadeTrainerEnv.program(programs, "docker", "#!/bin/sh\necho no daemon >&2\nexit 1\n");
        MadeTrainerEnv.program(programs, "Unity", "#!/bin/sh\nexit 1\n");
        Path env = MadeTrainerEnv.withTorch(temp.resolve("env"), "2.8.0");
        environment.putAll(Map.of("PATH", programs + ":/usr/bin:/bin", "MLOPS_TRAINER_ENV", env.toString()));
    }

    @Test
    void each_finding_says_what_was_found_expected_and_to_be_done() {
        Map<String, JsonNode> findings = findings(doctor("--json"));

        assertThat(findings)
                .containsKeys(
                        "jdk",
                        "memory",
                        "disk",
                        "disk.cache",
                        "python",
                        "git",
                        "mcs",
                        "unity",
                        "docker",
                        "trainer",
                        "trainer.torch",
                        "cluster");
        assertThat(findings.values()).allSatisfy(finding -> {
            assertThat(finding.path("found").asText()).isNotBlank();
            assertThat(finding.path("expected").asText()).isNotBlank();
            assertThat(finding.path("remedy").asText().isEmpty())
                    .isEqualTo(finding.path("ok").booleanValue());
        });
        assertThat(findings.get("git").path("found").asText()).isEqualTo("git version 2.99");
        assertThat(findings.get("jdk").path("found").asText()).contains(System.getProperty("java.home"));
        assertThat(findings.get("docker").path("ok").booleanValue()).isFalse();
        assertThat(findings.get("docker").path("needed").booleanValue()).isFalse();
    }

    @Test
    void an_editor_that_is_named_but_not_there_is_exit_code_3() {
        environment.put("UNITY_EXECUTABLE", temp.resolve("no-editor").toString());

        RunAlone ran = doctor();

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).contains("WRONG", "no-editor", "correct UNITY_EXECUTABLE");
    }

    @Test
    void a_wrong_version_in_the_trainers_environment_is_exit_code_3() throws Exception {
        Path wrong = MadeTrainerEnv.withTorch(temp.resolve("wrong"), "2.9.1");
        environment.put("MLOPS_TRAINER_ENV", wrong.toString());

        RunAlone ran = doctor("--json");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(findings(ran).get("trainer.torch").path("ok").booleanValue()).isFalse();
    }

    @Test
    void a_cluster_that_is_named_is_asked(TestPlatform platform) {
        Map<String, JsonNode> findings = findings(doctor(
                "--json",
                "--bootstrap-servers",
                platform.bootstrapServers(),
                "--schema-registry-url",
                platform.schemaRegistryUrl()));

        assertThat(findings.get("brokers").path("ok").booleanValue()).isTrue();
        assertThat(findings.get("brokers").path("found").asText()).startsWith("1 at ");
        assertThat(findings.get("schema-registry").path("found").asText()).contains("HTTP 200");
    }

    @Test
    void a_registry_that_does_not_answer_is_exit_code_3(TestPlatform platform) throws Exception {
        String nobody = "http://127.0.0.1:" + portNobodyListensOn();

        RunAlone ran =
                doctor("--json", "--bootstrap-servers", platform.bootstrapServers(), "--schema-registry-url", nobody);

        assertThat(ran.code()).isEqualTo(3);
        assertThat(findings(ran).get("schema-registry").path("found").asText()).contains(nobody);
    }

    @Test
    void a_platform_that_has_died_is_told_but_not_needed() throws Exception {
        new ConnectionFile(temp)
                .write(new Connection(
                        "127.0.0.1:1",
                        "http://127.0.0.1:1",
                        null,
                        "artifacts",
                        "log",
                        ProcessHandle.current().pid(),
                        "1970-01-01T00:00:00Z"));

        JsonNode cluster = findings(doctor("--json")).get("cluster");

        assertThat(cluster.path("ok").booleanValue()).isFalse();
        assertThat(cluster.path("needed").booleanValue()).isFalse();
        assertThat(cluster.path("remedy").asText()).contains("mlops up");
    }

    private RunAlone doctor(String... options) {
        var arguments = new ArrayList<>(List.of("doctor", "--data-dir", temp.toString()));
        arguments.addAll(List.of(options));
        return RunAlone.of(
                environment,
                (say, find) -> new DoctorCommand(say, find, environment),
                arguments.toArray(String[]::new));
    }

    private static Map<String, JsonNode> findings(RunAlone ran) {
        return ran.json().stream()
                .collect(Collectors.toMap(finding -> finding.path("check").asText(), Function.identity()));
    }

    private static int portNobodyListensOn() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
