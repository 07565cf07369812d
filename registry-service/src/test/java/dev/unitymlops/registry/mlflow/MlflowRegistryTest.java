package dev.unitymlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.Attempt.Standing;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a server that refuses, fails or lies, and what a person is told of it. */
class MlflowRegistryTest {

    private static final String SECRET = "correct horse battery staple";

    @TempDir
    Path folder;

    private TestVersions versions;

    @BeforeEach
    void makeVersions() {
        versions = new TestVersions(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "401, MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD",
        "403, let the user of mlflow.username edit the experiment",
        "404, check mlflow.tracking-uri",
        "413, raise that limit",
        "400, it refuses the request",
    })
    void aRefusalStopsAndNamesWhatToChange(int status, String advice) throws Exception {
        Credentials credentials = Credentials.of("ada", SECRET, null);
        try (StandInMlflow mlflow =
                        new StandInMlflow(HttpFaults.always(HttpFaults.Fault.refused(status, "<html>No</html>")));
                MlflowServer server = TestServers.at(mlflow.address(), credentials)) {
            StageFailure failure = catchThrowableOfType(
                    StageFailure.class, () -> server.registry().register(versions.of("job-1", "one")));

            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
            assertThat(failure)
                    .hasMessageContaining(advice)
                    .hasMessageContaining(mlflow.address().toString())
                    .hasMessageNotContaining(SECRET)
                    .hasMessageEndingWith(": No");
            assertThat(mlflow.authorizations()).hasSize(1);
        }
    }

    @Test
    void aRedirectionIsNotFollowedWithCredentials() throws Exception {
        StandInMlflow.Answer moved =
                new StandInMlflow.Answer(308, ByteBuffer.allocate(0), "https://elsewhere.example/");
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.always(new HttpFaults.Fault(moved, null, false)));
                Parts server = Parts.of(mlflow)) {
            assertThatThrownBy(() -> server.registry().register(versions.of("job-1", "one")))
                    .isInstanceOf(StageFailure.class)
                    .hasMessageContaining("set mlflow.tracking-uri: moved to https://elsewhere.example/");
        }
    }

    @ParameterizedTest
    @CsvSource({"503, see its log", "500, see its log", "429, asked too often"})
    void aServerThatIsBusyIsAskedAgainSoOftenAndNoMore(int status, String says) throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.always(HttpFaults.Fault.refused(status, "busy")));
                Parts server = Parts.of(mlflow)) {
            assertThatThrownBy(() -> server.registry().history(TestVersions.REACH))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("(" + status + ")")
                    .hasMessageContaining(says);
            assertThat(mlflow.authorizations()).hasSize(TestServers.SHORT.most());
        }
    }

    @Test
    void aServerWhoseDatabaseIsBusyIsAskedAgain() throws Exception {
        String busy = StandInMlflow.error("BAD_REQUEST", "QueuePool limit of size 5 overflow 10 reached");
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.always(HttpFaults.Fault.refused(400, busy)));
                Parts server = Parts.of(mlflow)) {
            assertThatThrownBy(() -> server.registry().parents())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("QueuePool limit");
            assertThat(mlflow.authorizations()).hasSize(TestServers.SHORT.most());
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithItsSetting() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (MlflowServer server = TestServers.at(nobody)) {
            assertThatThrownBy(() -> server.registry().register(versions.of("job-1", "one")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("MLflow at " + nobody + " cannot list the versions")
                    .hasMessageContaining("it cannot be reached; check that it runs, and mlflow.tracking-uri");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        HttpFaults silent = new HttpFaults(0, 0) {
            @Override
            Fault next() {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Fault.NONE;
            }
        };
        try (StandInMlflow mlflow = new StandInMlflow(silent);
                MlflowServer server = TestServers.at(mlflow.address(), Duration.ofMillis(50))) {
            assertThatThrownBy(() -> server.registry().history(TestVersions.REACH))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no whole answer within PT0.05S");
            end.countDown();
        }
    }

    @Test
    void credentialsAreSentAsMlflowsClientsSendThem() throws Exception {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString(("ada:" + SECRET).getBytes(StandardCharsets.UTF_8));

        assertThat(sent(Credentials.of("ada", SECRET, "a token"))).containsOnly(basic);
        assertThat(sent(Credentials.of(null, null, "a token"))).containsOnly("Bearer a token");
        assertThat(sent(Credentials.NONE)).containsOnly("null");
        assertThat(Credentials.of("ada", SECRET, null).toString()).doesNotContain(SECRET);
    }

    private Iterable<String> sent(Credentials credentials) throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                MlflowServer server = TestServers.at(mlflow.address(), credentials)) {
            server.registry().register(versions.of("job-1", "one"));
            return mlflow.authorizations();
        }
    }

    @Test
    void aLargeFileArrivesAsItWas() throws Exception {
        Path large = folder.resolve("large.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(5_000_001);
        }
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            server.registry().register(versions.of("job-1", Files.readString(large)));
            RegisteredVersion version =
                    server.registry().version(TestVersions.REACH, 1).orElseThrow();

            server.registry().fetch(version, folder.resolve("back.onnx"));

            assertThat(version.file().registeredAt()).isEqualTo("2026-03-04T04:53:20.001Z");
            assertThat(version.file().version()).isEqualTo(1);
            assertThat(folder.resolve("back.onnx")).hasSameBinaryContentAs(large);
        }
    }

    @Test
    void whatADeadAttemptUploadedInPartIsUploadedAgain() throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            ModelVersion version = versions.of("job-1", "the whole model");
            Runs.Run begun = server.runs().begun(version);
            String path = begun.folder().substring("mlflow-artifacts:/".length()) + "/Reach.onnx";
            mlflow.store().files().put(path, "the wh".getBytes(StandardCharsets.UTF_8));

            server.registry().register(version);

            assertThat(mlflow.store().files().get(path)).isEqualTo(Files.readAllBytes(version.file()));
            assertThat(mlflow.store().runs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"x, expected sha256", "12345678901234567890, longer than 3 bytes"})
    void aFileThatSomebodyChangedIsNotFetched(String content, String says) throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            server.registry().register(versions.of("job-1", "one"));
            RegisteredVersion version =
                    server.registry().version(TestVersions.REACH, 1).orElseThrow();
            mlflow.store().files().replaceAll((path, old) -> content.getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> server.registry().fetch(version, folder.resolve("back.onnx")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(says);
            assertThat(folder.resolve("back.onnx")).doesNotExist();
            assertThat(folder.resolve("back.onnx.part")).doesNotExist();
        }
    }

    @Test
    void aDeletedExperimentIsToldWithItsRemedy() throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            server.registry().register(versions.of("job-1", "one"));
            mlflow.store().deleteExperiment("unity-mlops");

            assertThatThrownBy(() -> server.registry().register(versions.of("job-2", "two")))
                    .isInstanceOf(StageFailure.class)
                    .hasMessageContaining("restore it, or name another in mlflow.experiment");
        }
    }

    @Test
    void anAliasOfADeletedTwinGoesToTheVersionThatStays() throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            ModelRegistry registry = server.registry();
            ModelVersion version = versions.of("job-1", "one");
            registry.register(version);
            server.twin(version);
            registry.register(versions.of("job-2", "two"));
            assertThat(server.model().alias("production", 2)).isTrue();

            assertThat(registry.register(version).getAliases()).containsExactly("production");
            assertThat(mlflow.store().having("production").values()).containsExactly(1);
            assertThat(registry.history(TestVersions.REACH).orElseThrow().versions())
                    .extracting(line -> line.version())
                    .containsExactly(1, 3);
        }
    }

    @Test
    void whoseRunAnotherHasDeletedFindsTheVersionThatTheOtherMade() throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            ModelVersion version = versions.of("job-1", "one");
            Holder overtaken = new Holder() {
                @Override
                public void tell(String uploads) {
                    assertThatCode(() -> {
                                Runs.Run begun = server.runs().begun(version);
                                server.runs().delete(begun.id());
                                server.runs().delete(begun.id());
                                server.registry().register(version);
                            })
                            .doesNotThrowAnyException();
                }

                @Override
                public Standing standing() {
                    return Standing.HELD;
                }
            };

            assertThat(server.registry(overtaken).register(version).getVersion())
                    .isEqualTo(1);
            assertThat(mlflow.store().runs()).isEqualTo(1);
        }
    }

    @Test
    void anAttemptThatHasLostItsJobDeletesNoTwin() throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            ModelVersion version = versions.of("job-1", "one");
            server.registry().register(version);
            server.twin(version);

            assertThatThrownBy(() -> server.registry(standing(Standing.LOST)).register(version))
                    .isInstanceOf(InterruptedException.class);
            assertThat(mlflow.store().resources()).hasSize(2);
            assertThat(server.registry(standing(Standing.HELD))
                            .register(version)
                            .getVersion())
                    .isEqualTo(1);
            assertThat(mlflow.store().resources()).hasSize(1);
        }
    }

    @Test
    void aVersionThatWasMadeBeforeTheCancellationCounts() throws Exception {
        Thread worker = Thread.currentThread();
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            mlflow.onVersion(request -> worker.interrupt());

            assertThat(server.registry(standing(Standing.CANCELLED))
                            .register(versions.of("job-1", "one"))
                            .getVersion())
                    .isEqualTo(1);
            assertThatThrownBy(() -> server.registry(standing(Standing.HELD)).register(versions.of("job-2", "two")))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    private static Holder standing(Standing standing) {
        return new Holder() {
            @Override
            public void tell(String message) {}

            @Override
            public Standing standing() {
                return standing;
            }
        };
    }

    @Test
    void anApprovalIsATagForMlflowsOwnPages() throws Exception {
        try (StandInMlflow mlflow = new StandInMlflow(HttpFaults.none());
                Parts server = Parts.of(mlflow)) {
            server.registry().register(versions.of("job-1", "one"));
            server.registry().approve(TestVersions.REACH, 1, new Approval("Ada", "2026-03-04T05:06:07Z"));

            assertThat(MlflowTags.value(server.model().find(1).orElseThrow(), "unity_mlops.approval"))
                    .hasValue("{\"by\":\"Ada\",\"at\":\"2026-03-04T05:06:07Z\"}");
        }
    }
}
