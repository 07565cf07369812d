package dev.unitymlops.registry.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.Jobs;
import dev.unitymlops.registry.TestAttempt;
import dev.unitymlops.registry.TestModels;
import dev.unitymlops.schemas.TrustedPackages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check as the stage calls it, with the process that it starts. */
@Timeout(300)
class ModelCheckTest {

    private static final ModelCheck CHECK = new ModelCheck(1 << 20, Duration.ofMinutes(3), 512 << 20);

    private final TrainingJob job = Jobs.continuous();

    @TempDir
    Path folder;

    @BeforeAll
    static void trustAvroClasses() {
        TrustedPackages.trust();
    }

    @Test
    void aModelOfItsJobPasses() throws Exception {
        assertThat(CHECK.problems(TestModels.file("continuous"), Optional.of(job), attempt()))
                .isEmpty();
    }

    @Test
    void whatDiffersIsTold() throws Exception {
        assertThat(CHECK.problems(TestModels.file("discrete"), Optional.of(job), attempt()))
                .containsExactly(
                        "has an input action_masks [?, 5] that the job does not declare",
                        "has no output continuous_actions: the job declares continuous actions",
                        "has no output continuous_action_output_shape: the job declares continuous actions",
                        "has an output discrete_actions, but the job declares no discrete actions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"external", "external-outside", "external-subgraph"})
    void tensorsInOtherFilesAreRefusedWhereverTheyAre(String model) throws Exception {
        assertThat(CHECK.problems(TestModels.file(model), Optional.empty(), attempt()))
                .singleElement()
                .asString()
                .startsWith("keeps tensors in other files");
    }

    @Test
    void aModelThatNeverAnswersIsStopped() throws Exception {
        ModelCheck hasty = new ModelCheck(1 << 20, Duration.ofSeconds(5), 512 << 20);

        assertThat(hasty.problems(TestModels.file("endless"), Optional.of(job), attempt()))
                .containsExactly("gave no answer within 5 s (registry.check-timeout)");
    }

    @Test
    void anInterruptedCheckEndsAtOnce() throws Exception {
        TestAttempt attempt = attempt();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> CHECK.problems(TestModels.file("endless"), Optional.of(job), attempt))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aLargeFileIsNotOpened() throws Exception {
        ModelCheck small = new ModelCheck(1000, Duration.ofSeconds(1), 512 << 20);

        assertThat(small.problems(TestModels.file("continuous"), Optional.empty(), attempt()))
                .containsExactly("is of 4537 bytes, more than registry.max-model-bytes allows (1000)");
    }

    private TestAttempt attempt() throws Exception {
        return new TestAttempt(job, 1, folder, Files.createTempDirectory(folder, "scratch"), new ArrayList<>());
    }
}
