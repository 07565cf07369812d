package dev.unitymlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.events.Registration;
import dev.unitymlops.events.RegistrationGates;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.file.FileRegistry;
import dev.unitymlops.registry.mlflow.MlflowServer;
import dev.unitymlops.registry.mlflow.StandInMlflow;
import dev.unitymlops.registry.mlflow.TestServers;
import dev.unitymlops.registry.onnx.ModelCheck;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.registry.vertex.StandInCloud;
import dev.unitymlops.registry.vertex.VertexCloud;
import dev.unitymlops.registry.vertex.VertexConfig;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryHandlerTest {

    private static final Instant TRAINED = Instant.parse("2025-12-31T23:59:59Z");
    private static final Instant END = Instant.parse("2026-01-01T00:00:02Z");

    private static final VertexCloud NO_CLOUD =
            new VertexCloud(Settings.of(Map.of()).reader().shape(VertexConfig::from), Attestations.unsigned());

    @TempDir
    Path home;

    private final TrainingJob job = Jobs.continuous();
    private final List<Progress.Update> told = new ArrayList<>();
    private Path registry;
    private RegistryHandler handler;

    @BeforeAll
    static void trustAvroClasses() {
        TrustedPackages.trust();
    }

    @BeforeEach
    void makeHandler() {
        registry = home.resolve("artifacts/registry");
        InstantSource clock = InstantSource.fixed(END);
        handler = new RegistryHandler(
                new ModelCheck(1 << 20, Duration.ofMinutes(3), 1L << 30),
                new FileRegistry(registry, clock),
                NO_CLOUD,
                TestServers.none(),
                clock);
    }

    @Test
    void aTrainedModelIsCheckedAndRegistered() throws Exception {
        ModelRegistered event = handle(1, model("Reach", "continuous"));

        RegisteredModel model = event.getModels().getFirst();
        assertThat(event.getModels()).hasSize(1);
        assertThat(model.getBehavior()).isEqualTo("Reach");
        assertThat(model.getName()).isEqualTo("asset-1/Reach");
        assertThat(model.getVersion()).isEqualTo(1);
        assertThat(model.getAliases()).containsExactly("latest");
        assertThat(ArtifactFiles.pathOf(model.getUri())).hasSameBinaryContentAs(TestModels.file("continuous"));
        assertThat(event.getRegistry()).isEqualTo("file");
        assertThat(event.getReason()).isEqualTo("vertex_project is not set: the file registry stands in for Vertex AI");
        assertThat(event.getVertexModelResource()).isNull();
        assertThat(event.getTraining().getSeed()).isEqualTo(42);
        assertThat(event.getCompletedAt()).isEqualTo(END);
        assertThat(told).extracting(Progress.Update::phase).containsExactly("checking", "registering");
    }

    @Test
    void aLaterAttemptFindsWhatAnEarlierOneRegistered() throws Exception {
        handle(1, model("Reach", "continuous"));

        assertThat(handle(2, model("Reach", "continuous"))
                        .getModels()
                        .getFirst()
                        .getVersion())
                .isEqualTo(1);
        assertThat(registry.resolve("asset-1/Reach/versions")).isDirectoryNotContaining("glob:**/2");
    }

    @Test
    void aVersionTellsTheJobsDisplayNameAndWhatWasChecked() throws Exception {
        handle(1, model("Reach", "continuous"));

        assertThat(version().get("display_name").textValue()).isEqualTo("unity-asset-1-20251231-" + "c".repeat(12));
        assertThat(version().get("verdict").get("checked").textValue())
                .isEqualTo("loaded; inputs and outputs as the job declares; one inference");
    }

    @Test
    void aDisplayNameOfTheJobIsTaken() throws Exception {
        job.setVertexModelDisplayName("Reach of the castle");
        handle(1, model("Reach", "continuous"));

        assertThat(version().get("display_name").textValue()).isEqualTo("Reach of the castle");
    }

    @Test
    void everythingThatIsWrongWithAnyModelIsToldAndNoneIsRegistered() throws Exception {
        StageFailure failure =
                fails(model("Reach", "discrete"), model("Flee", "continuous"), model("Hide", "external"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.messages())
                .contains(
                        "the model of Reach has an input action_masks [?, 5] that the job does not declare",
                        "the model of Reach has no output continuous_actions: the job declares continuous actions")
                .anyMatch(message -> message.startsWith("the model of Hide keeps tensors in other files"))
                .noneMatch(message -> message.startsWith("the model of Flee"));
        assertThat(registry).doesNotExist();
    }

    @Test
    void aBehaviourThatTheJobDoesNotDeclareOnlyHasToLoad() throws Exception {
        ModelRegistered event = handle(1, model("Reach", "continuous"), model("Flee", "discrete"));

        assertThat(event.getModels())
                .extracting(RegisteredModel::getName)
                .containsExactly("asset-1/Reach", "asset-1/Flee");
        assertThat(event.getReason())
                .endsWith(
                        "inputs and outputs of Flee were not compared with declared spaces: the job declares none for it");
    }

    @Test
    void anOwnTrainingCommandMayWriteAnyModelThatLoads() throws Exception {
        job.setTrainingCommand(List.of("./train"));

        ModelRegistered event = handle(1, model("Reach", "discrete"));

        assertThat(event.getModels()).hasSize(1);
        assertThat(event.getReason()).contains("were not compared").endsWith("its training_command is the job's own");
        assertThat(version().get("verdict").get("checked").textValue()).isEqualTo("loaded only");
        assertThat(fails(model("Reach", "external")).messages()).hasSize(1);
    }

    @Test
    void anAlteredModelIsNotRegistered() throws Exception {
        ModelFile altered = model("Reach", "continuous");
        altered.getFile().setSha256("0".repeat(64));

        StageFailure failure = fails(altered);

        assertThat(failure.failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
        assertThat(failure.getMessage()).contains("is not the file that the event names");
        assertThat(registry).doesNotExist();
    }

    @Test
    void aModelThatIsTooLargeIsNotEvenFetched() throws Exception {
        ModelFile large =
                new ModelFile("Reach", new ArtifactFile("file:///nowhere", "0".repeat(64), 1L << 40), 1L, null);

        assertThat(fails(large).messages())
                .containsExactly("the model of Reach is of 1099511627776 bytes, more than registry.max-model-bytes"
                        + " allows (1048576)");
    }

    @Test
    void aTrainingWithoutModelsFails() {
        assertThat(fails().getMessage()).isEqualTo("the training names no model: there is nothing to register");
    }

    @Test
    void targetNoneChecksButRegistersNothing() throws Exception {
        target("none");

        ModelRegistered event = handle(1, model("Reach", "continuous"));

        assertThat(event.getModels()).isEmpty();
        assertThat(event.getRegistry()).isEqualTo("none");
        assertThat(event.getReason()).isEqualTo("registration.target is none: no model is registered");
        assertThat(registry).doesNotExist();
        assertThat(fails(model("Reach", "diverged")).failureCause()).isEqualTo(FailureCause.USER);
    }

    @Test
    void aModelThatMissesAGateIsRegisteredAsRejectedWithBothNumbers() throws Exception {
        gates(1.5, "rejected");

        ModelRegistered event = handle(1, model("Reach", "continuous"));

        assertThat(event.getModels().getFirst().getAliases()).containsExactly("rejected");
        assertThat(event.getReason()).contains("min_mean_reward demands 1.5, the training");
    }

    @Test
    void aModelThatMissesAGateIsNotRegisteredWhenTheJobSaysSo() throws Exception {
        gates(1.5, "none");

        ModelRegistered event = handle(1, model("Reach", "continuous"));

        assertThat(event.getModels()).isEmpty();
        assertThat(event.getRegistry()).isEqualTo("none");
        assertThat(event.getReason()).startsWith("no model is registered: min_mean_reward demands 1.5, the training");
        assertThat(registry).doesNotExist();
    }

    @Test
    void aModelIsComparedWithTheOneInProduction() throws Exception {
        FileRegistry files = new FileRegistry(registry, InstantSource.fixed(END));
        Path models = Files.createDirectory(home.resolve("models"));
        files.register(new TestVersions(models).of(new ParentModel("asset-1", "Reach"), "job-0", "zero"));
        files.move(new ParentModel("asset-1", "Reach"), List.of(new AliasMove("production", null, 1)));
        job.setRegistration(Registration.newBuilder()
                .setGates(RegistrationGates.newBuilder().setMaxRegression(0.1).build())
                .build());

        ModelRegistered event = handle(1, model("Reach", "continuous"));

        assertThat(event.getModels().getFirst().getVersion()).isEqualTo(2);
        assertThat(event.getModels().getFirst().getAliases()).containsExactly("rejected");
        assertThat(event.getReason())
                .endsWith("registered as rejected: max_regression allows 0.1 below the 0.9 of version 1 in production,"
                        + " the training tells none");
    }

    private void gates(double leastReward, String onFailure) {
        job.setRegistration(Registration.newBuilder()
                .setGates(RegistrationGates.newBuilder()
                        .setMinMeanReward(leastReward)
                        .setOnFailure(onFailure)
                        .build())
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "vertex"})
    void withABucketAVertexProjectGoesToVertex(String target) throws Exception {
        job.setVertexProject("a-project");
        target(target);
        try (StandInCloud google = StandInCloud.withoutFaults()) {
            InstantSource clock = InstantSource.fixed(END);
            handler = new RegistryHandler(
                    new ModelCheck(1 << 20, Duration.ofMinutes(3), 1L << 30),
                    new FileRegistry(registry, clock),
                    google.cloud(),
                    TestServers.none(),
                    clock);

            ModelRegistered event = handle(1, model("Reach", "continuous"));
            ModelRegistered again = handle(2, model("Reach", "continuous"));

            RegisteredModel registered = event.getModels().getFirst();
            assertThat(event.getRegistry()).isEqualTo("vertex");
            assertThat(event.getReason()).isNull();
            assertThat(registered.getUri()).startsWith("gs://models/artifacts/job-1/run-1/registry/");
            assertThat(event.getVertexModelResource())
                    .isEqualTo(registered.getResourceName())
                    .startsWith("projects/a-project/locations/us-central1/models/unity-asset-1-reach-")
                    .endsWith("@1");
            assertThat(again.getModels()).isEqualTo(event.getModels());
            assertThat(registry).doesNotExist();
        }
    }

    @Test
    void withoutABucketAVertexProjectGoesToTheFileRegistry() throws Exception {
        job.setVertexProject("a-project");

        ModelRegistered event = handle(1, model("Reach", "continuous"));

        assertThat(event.getModels()).hasSize(1);
        assertThat(event.getVertexModelResource()).isNull();
        assertThat(event.getReason())
                .startsWith("vertex.staging-bucket of registry-service is not set: the file registry");
    }

    @Test
    void vertexAskedForByNameIsRefusedWithoutABucket() throws Exception {
        job.setVertexProject("a-project");
        target("vertex");

        StageFailure failure = fails(model("Reach", "continuous"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.getMessage())
                .contains(
                        "vertex.staging-bucket of registry-service is not set: set it, or the target to auto or file");
    }

    @Test
    void aJobThatSaysSoGoesToMlflow() throws Exception {
        target("mlflow");
        job.setVertexProject("a-project");
        try (StandInMlflow mlflow = StandInMlflow.withoutFaults();
                MlflowServer server = TestServers.at(mlflow.address())) {
            InstantSource clock = InstantSource.fixed(END);
            handler = new RegistryHandler(
                    new ModelCheck(1 << 20, Duration.ofMinutes(3), 1L << 30),
                    new FileRegistry(registry, clock),
                    NO_CLOUD,
                    server,
                    clock);

            ModelRegistered event = handle(1, model("Reach", "continuous"));
            ModelRegistered again = handle(2, model("Reach", "continuous"));

            RegisteredModel registered = event.getModels().getFirst();
            assertThat(event.getRegistry()).isEqualTo("mlflow");
            assertThat(event.getReason()).isNull();
            assertThat(event.getVertexModelResource()).isNull();
            assertThat(registered.getName()).startsWith("unity-asset-1-reach-");
            assertThat(registered.getResourceName()).isEqualTo("models:/" + registered.getName() + "/1");
            assertThat(registered.getUri()).startsWith("mlflow-artifacts:/").endsWith("/Reach.onnx");
            assertThat(again.getModels()).isEqualTo(event.getModels());
            assertThat(registry).doesNotExist();
        }
    }

    @Test
    void mlflowAskedForIsRefusedWithoutItsAddressBeforeAnythingIsChecked() throws Exception {
        target("mlflow");

        StageFailure failure = fails(model("Reach", "continuous"));

        assertThat(failure.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(failure.getMessage())
                .isEqualTo("registration.target is mlflow, but mlflow.tracking-uri of registry-service is not set:"
                        + " set it (or MLFLOW_TRACKING_URI), or the target to auto or file");
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "vertex"})
    void aDryRunHasTheOriginalsResourceNameAndTouchesNothing(String target) throws Exception {
        job.setDryRun(true);
        job.setVertexProject("a-project");
        target(target);

        ModelRegistered event = handle(1);

        assertThat(event.getVertexModelResource())
                .isEqualTo("projects/a-project/locations/us-central1/models/dry-run-job-1");
        assertThat(event.getDryRun()).isTrue();
        assertThat(event.getModels()).isEmpty();
        assertThat(event.getRegistry()).isEqualTo("none");
        assertThat(event.getReason()).startsWith("dry run, nothing is registered; ");
        assertThat(registry).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "none"})
    void aDryRunThatDoesNotGoToVertexHasNoResourceName(String target) throws Exception {
        job.setDryRun(true);
        job.setVertexProject("a-project");
        target(target);

        assertThat(handle(1).getVertexModelResource()).isNull();
    }

    @Test
    void aDryRunWritesWhatARealOneWouldDo() throws Exception {
        job.setDryRun(true);
        handle(1);

        JsonNode plan = new ObjectMapper()
                .readTree(folder(1).resolve("registration.json").toFile());
        assertThat(plan.get("dry_run").booleanValue()).isTrue();
        assertThat(plan.get("name").textValue()).isEqualTo("asset-1/Reach");
        assertThat(plan.get("display_name").textValue()).isEqualTo("unity-asset-1-20251231-" + "c".repeat(12));
        assertThat(plan.get("inputs").toString()).isEqualTo("[\"obs_0 [4]\"]");
        assertThat(plan.get("vertex_model_resource").isNull()).isTrue();
    }

    private ModelRegistered handle(int attempt, ModelFile... models) throws Exception {
        return handler.handle(Jobs.trained(job, TRAINED, models), attempt(attempt));
    }

    private StageFailure fails(ModelFile... models) {
        return catchThrowableOfType(StageFailure.class, () -> handle(1, models));
    }

    private void target(String target) {
        job.setRegistration(Registration.newBuilder().setTarget(target).build());
    }

    private Path folder(int attempt) {
        return home.resolve("artifacts/job-1/run-1/registry/attempt-" + attempt);
    }

    private TestAttempt attempt(int number) throws IOException {
        return new TestAttempt(
                job, number, Files.createDirectories(folder(number)), Files.createTempDirectory(home, "scratch"), told);
    }

    private JsonNode version() throws IOException {
        return new ObjectMapper()
                .readTree(registry.resolve("asset-1/Reach/versions/1/version.json")
                        .toFile());
    }

    private static ModelFile model(String behavior, String name) throws IOException {
        return new ModelFile(behavior, ArtifactFiles.describe(TestModels.file(name)), 1000L, null);
    }
}
