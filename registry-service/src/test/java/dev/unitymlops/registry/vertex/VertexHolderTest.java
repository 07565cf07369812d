package dev.unitymlops.registry.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.Attempt.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations whose job is cancelled or taken away. */
class VertexHolderTest {

    @TempDir
    Path folder;

    private StandInCloud cloud;
    private TestVersions versions;
    private final Told holder = new Told();

    /** Is interrupted, as by a worker, when it waits for the first time. */
    private static final class Told implements Holder {
        private final List<String> messages = new ArrayList<>();
        private Standing standing = Standing.HELD;
        private Standing whenItWaits = Standing.HELD;

        @Override
        public void tell(String message) {
            messages.add(message);
            if (message.startsWith("waits") && standing != whenItWaits) {
                standing = whenItWaits;
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Standing standing() {
            return standing;
        }
    }

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
    void uploadsAndOperationsAreTold() throws Exception {
        cloud.vertex().models().hold();
        cloud.vertex().models().cancelTooLate();
        holder.whenItWaits = Standing.CANCELLED;

        cloud.registry(holder).register(versions.of("job-1", "one"));

        assertThat(holder.messages.get(0)).startsWith("uploads Reach.onnx to gs://models/artifacts/job-1/run-1/");
        assertThat(holder.messages.get(1))
                .startsWith("waits for Vertex AI since 0 s: ")
                .contains("/operations/");
    }

    @Test
    void aCancelledJobCancelsItsUploadAndLeavesNoVersion() throws Exception {
        cloud.vertex().models().hold();
        holder.whenItWaits = Standing.CANCELLED;

        assertThatThrownBy(() -> cloud.registry(holder).register(versions.of("job-1", "one")))
                .isInstanceOf(InterruptedException.class);

        assertThat(cloud.vertex().models().uploads()).isEqualTo(1);
        assertThat(cloud.vertex().models().all()).isEmpty();
    }

    @Test
    void aVersionThatACancellationCameTooLateForIsToldAsDone() throws Exception {
        cloud.vertex().models().hold();
        cloud.vertex().models().cancelTooLate();
        holder.whenItWaits = Standing.CANCELLED;

        RegisteredModel registered = cloud.registry(holder).register(versions.of("job-1", "one"));

        assertThat(registered.getVersion()).isEqualTo(1);
        assertThat(cloud.vertex().models().all()).hasSize(1);
    }

    @Test
    void anAttemptThatLostItsJobLeavesItsUploadToTheNextOne() throws Exception {
        cloud.vertex().models().hold();
        cloud.vertex().models().cancelTooLate();
        holder.whenItWaits = Standing.LOST;

        assertThatThrownBy(() -> cloud.registry(holder).register(versions.of("job-1", "one")))
                .isInstanceOf(InterruptedException.class);
        assertThat(cloud.vertex().models().all()).isEmpty();
        cloud.vertex().models().release();

        RegisteredModel registered = cloud.registry().register(versions.of("job-1", "one"));
        assertThat(registered.getVersion()).isEqualTo(1);
        assertThat(cloud.vertex().models().uploads()).isEqualTo(1);
    }

    @Test
    void whoHasLostTheJobDeletesNoTwin() throws Exception {
        ModelVersion version = versions.of("job-1", "one");
        RegisteredModel published = cloud.registry().register(version);
        twinOf(published);
        holder.standing = Standing.LOST;

        assertThatThrownBy(() -> cloud.registry(holder).register(version)).isInstanceOf(InterruptedException.class);

        assertThat(numbers()).containsExactly("1", "2");
    }

    @Test
    void whatAnEventHasNamedStaysAndItsLaterTwinsGo() throws Exception {
        ModelVersion version = versions.of("job-1", "one");
        RegisteredModel published = cloud.registry().register(version);
        twinOf(published);
        twinOf(published);

        RegisteredModel again = cloud.registry(holder).register(version);

        assertThat(again.getResourceName()).isEqualTo(published.getResourceName());
        assertThat(numbers()).containsExactly("1");
        assertThat(cloud.registry().register(version).getAliases()).contains("latest");
    }

    /** As an upload of a worker that was thought dead makes one. */
    private void twinOf(RegisteredModel published) {
        Model first = cloud.vertex().models().all().getFirst();
        cloud.vertex()
                .models()
                .upload(UploadModelRequest.newBuilder()
                        .setParentModel(published.getName())
                        .setModel(Model.newBuilder()
                                .setArtifactUri(first.getArtifactUri())
                                .putAllLabels(first.getLabelsMap())
                                .addVersionAliases("latest"))
                        .build());
    }

    private List<String> numbers() {
        return cloud.vertex().models().all().stream().map(Model::getVersionId).toList();
    }
}
