package dev.unitymlops.registry.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.aiplatform.v1.Model;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertexRegistryTest {

    @TempDir
    Path folder;

    private StandInCloud cloud;
    private TestVersions versions;

    @BeforeEach
    void startStandIns() throws IOException {
        cloud = new StandInCloud(Faults.none());
        versions = new TestVersions(folder);
    }

    @AfterEach
    void stopStandIns() {
        cloud.close();
    }

    @Test
    void aVersionIsNamedLabelledAndPointsToItsFileInTheBucket() throws Exception {
        RegisteredModel registered =
                cloud.registry().register(versions.of(new ParentModel("Asset.1", "Reach Out"), "Job.1", "one"));

        Model model = cloud.vertex().models().all().getFirst();
        assertThat(registered.getName())
                .startsWith("projects/a-project/locations/us-central1/models/unity-asset-1-reach-out-");
        assertThat(registered.getResourceName()).isEqualTo(registered.getName() + "@1");
        assertThat(registered.getUri())
                .startsWith("gs://models/artifacts/Job.1/run-1/registry/")
                .endsWith("/Reach_Out.onnx");
        assertThat(cloud.bucket().objects().get(registered.getUri().substring("gs://models/".length())))
                .isEqualTo("one".getBytes(StandardCharsets.UTF_8));
        assertThat(cloud.bucket().objects()).anySatisfy((name, content) -> {
            assertThat(name).endsWith("/Reach_Out.intoto.json");
            assertThat(new String(content, StandardCharsets.UTF_8)).contains(registered.getSha256());
        });
        assertThat(model.getArtifactUri() + "/Reach_Out.onnx").isEqualTo(registered.getUri());
        assertThat(model.getDisplayName()).isEqualTo("Reach-Job.1");
        assertThat(model.getLabelsMap())
                .containsEntry("job", "job_1")
                .containsEntry("behavior", "reach_out")
                .containsEntry("algorithm", "ppo")
                .containsEntry("unity", "6000_0_1f1");
        assertThat(model.getLabelsMap().values()).allMatch(value -> value.matches("[a-z0-9_-]{1,63}"));
        assertThat(model.getVersionDescription()).contains("job Job.1 run 1", "behaviour Reach Out", "c".repeat(64));
        assertThat(model.hasContainerSpec()).isFalse();
    }

    @Test
    void namesThatDifferOnlyInWhatLabelsCannotSayAreDifferentModelsAndVersions() throws Exception {
        ModelRegistry registry = cloud.registry();

        String one = registry.register(versions.of(new ParentModel("a", "B c"), "job", "x"))
                .getResourceName();
        String two = registry.register(versions.of(new ParentModel("a", "b c"), "job", "x"))
                .getResourceName();
        String three = registry.register(versions.of(new ParentModel("a", "b c"), "JOB", "x"))
                .getResourceName();

        assertThat(one).isNotEqualTo(two);
        assertThat(three).isNotEqualTo(two);
    }

    @Test
    void aCrashBetweenUploadAndPublishAndARedeliveryGiveOneVersionAndOneFile() throws Exception {
        Thread worker = Thread.currentThread();
        cloud.vertex().onUpload(request -> worker.interrupt());
        assertThatThrownBy(() -> cloud.registry().register(versions.of("job-1", "one")))
                .isInstanceOf(InterruptedException.class);
        cloud.vertex().onUpload(request -> {});

        RegisteredModel again = cloud.registry().register(versions.of("job-1", "one"));

        assertThat(again.getVersion()).isEqualTo(1);
        assertThat(cloud.vertex().models().all()).hasSize(1);
        assertThat(cloud.vertex().models().uploads()).isEqualTo(1);
        assertThat(cloud.bucket().uploads())
                .as("the model, its provenance, the same signed, its version.json")
                .isEqualTo(4);
    }

    @Test
    void aFileLargerThanAChunkArrivesWhole() throws Exception {
        String large = "0123456789abcdef".repeat(400_000);

        RegisteredModel registered = cloud.registry().register(versions.of("job-1", large));

        assertThat(cloud.bucket().objects().get(registered.getUri().substring("gs://models/".length())))
                .hasSize(large.length());
    }

    @Test
    void anotherFileUnderTheSameNameIsToldAndNothingIsRegistered() throws Exception {
        var one = versions.of("job-1", "one");
        var two = versions.of("job-1", "two");
        RegisteredModel first = cloud.registry().register(one);
        String object = first.getUri().substring("gs://models/".length());
        String other =
                object.replace(one.sha256().substring(0, 16), two.sha256().substring(0, 16));
        cloud.bucket().objects().put(other, new byte[3]);

        StageFailure failure =
                catchThrowableOfType(StageFailure.class, () -> cloud.registry().register(two));

        assertThat(failure.getMessage()).contains("another file has this name");
        assertThat(cloud.vertex().models().all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PERMISSION_DENIED,   INFRASTRUCTURE, NEVER,    roles/aiplatform.user",
        "UNAUTHENTICATED,     INFRASTRUCTURE, NEVER,    GOOGLE_APPLICATION_CREDENTIALS",
        "INVALID_ARGUMENT,    USER,           NEVER,    refuses the request",
        "UNAVAILABLE,         INFRASTRUCTURE, BACK_OFF, cannot be reached",
        "RESOURCE_EXHAUSTED,  INFRASTRUCTURE, BACK_OFF, quota",
        "UNIMPLEMENTED,       INFRASTRUCTURE, NEVER,    vertex_region",
    })
    void aStatusCodeSaysWhetherToTryAgainAndWhatToDo(Status.Code code, FailureCause cause, Retry retry, String remedy)
            throws Exception {
        cloud.vertex()
                .refuse(code.toStatus().withDescription("as the test wants it").asRuntimeException());

        StageFailure failure = fails();

        assertThat(failure.failureCause()).isEqualTo(cause);
        assertThat(failure.retry()).isEqualTo(retry);
        assertThat(failure.getMessage()).contains(code.name(), remedy, "as the test wants it");
    }

    @Test
    void anApiThatIsSwitchedOffIsNamed() throws Exception {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setReason("SERVICE_DISABLED")
                .putMetadata("service", "aiplatform.googleapis.com")
                .build();
        StatusRuntimeException disabled = StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.PERMISSION_DENIED.value())
                .setMessage("has not been used")
                .addDetails(Any.pack(info))
                .build());
        cloud.vertex().refuse(disabled);

        assertThat(fails().getMessage()).contains("enable the API aiplatform.googleapis.com in project a-project");
    }

    @ParameterizedTest
    @CsvSource({
        "403, NEVER,    roles/storage.objectUser",
        "401, NEVER,    GOOGLE_APPLICATION_CREDENTIALS",
        "404, NEVER,    vertex.staging-bucket",
    })
    void aBucketThatRefusesSaysWhatToDo(int status, Retry retry, String remedy) throws Exception {
        cloud.bucket().refuse(status);

        StageFailure failure = fails();

        assertThat(failure.retry()).isEqualTo(retry);
        assertThat(failure.getMessage()).contains(remedy);
        assertThat(cloud.vertex().models().uploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-docker.pkg.dev/vertex-ai/prediction/sklearn-cpu.1-2:latest",
                "us-docker.pkg.dev/vertex-ai/prediction/pytorch-cpu.2-3:latest"
            })
    void anImageThatCannotServeOnnxIsRefusedBeforeAnythingIsUploaded(String image) throws Exception {
        ModelRegistry registry = cloud.registry(
                new Serving(Serving.Layout.FILE, image, "/predict", "/health", 0), Duration.ofSeconds(1));

        StageFailure failure =
                catchThrowableOfType(StageFailure.class, () -> registry.register(versions.of("job-1", "one")));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.getMessage()).contains("cannot serve an ONNX model");
        assertThat(cloud.bucket().uploads()).isZero();
    }

    @Test
    void aServingImageGoesAlongWithItsRoutes() throws Exception {
        cloud.registry(
                        new Serving(
                                Serving.Layout.FILE, "a.dev/server:1", "/v2/models/m/infer", "/v2/health/ready", 8000),
                        Duration.ofSeconds(1))
                .register(versions.of("job-1", "one"));

        var container = cloud.vertex().models().all().getFirst().getContainerSpec();
        assertThat(container.getImageUri()).isEqualTo("a.dev/server:1");
        assertThat(container.getPredictRoute()).isEqualTo("/v2/models/m/infer");
        assertThat(container.getHealthRoute()).isEqualTo("/v2/health/ready");
        assertThat(container.getPorts(0).getContainerPort()).isEqualTo(8000);
    }

    @Test
    void aModelRepositoryForTritonLiesInTheVersionsFolder() throws Exception {
        Serving triton = new Serving(Serving.Layout.TRITON, "a.dev/triton:24.05", "", "", 0);
        ModelRegistry registry = cloud.registry(triton, Duration.ofSeconds(1));

        registry.register(versions.of(new ParentModel("asset-1", "Reach Out"), "job-1", "one"));

        Model model = cloud.vertex().models().all().getFirst();
        String repository = model.getArtifactUri().substring("gs://models/".length()) + "/Reach_Out/";
        assertThat(cloud.bucket().objects().get(repository + "1/model.onnx"))
                .isEqualTo("one".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(cloud.bucket().objects().get(repository + "config.pbtxt"), StandardCharsets.UTF_8))
                .isEqualTo("name: \"Reach_Out\"\nbackend: \"onnxruntime\"\nmax_batch_size: 0\n");
        assertThat(model.getContainerSpec().getImageUri()).isEqualTo("a.dev/triton:24.05");
        // Vertex AI then says its own routes in AIP_PREDICT_ROUTE and AIP_HEALTH_ROUTE, which Triton obeys.
        assertThat(model.getContainerSpec().getPredictRoute()).isEmpty();
        assertThat(model.getContainerSpec().getHealthRoute()).isEmpty();
        assertThat(registry.version(new ParentModel("asset-1", "Reach Out"), 1)
                        .orElseThrow()
                        .uri())
                .endsWith("/Reach_Out.onnx");
    }

    private StageFailure fails() throws Exception {
        return catchThrowableOfType(StageFailure.class, () -> cloud.registry().register(versions.of("job-1", "one")));
    }
}
