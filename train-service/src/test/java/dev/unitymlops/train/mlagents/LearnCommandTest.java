package dev.unitymlops.train.mlagents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.train.Jobs;
import dev.unitymlops.train.trainer.Training;
import dev.unitymlops.train.trainerconfig.TrainerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnCommandTest {

    private static MlAgentsSettings settings(String... gpus) {
        return new MlAgentsSettings(
                List.of(gpus), 15_008, 15_999, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(2));
    }

    private static Training training(TrainingJob job) {
        return new Training(
                job,
                "Reach",
                new TrainerConfig("", Map.of("Reach", 1L)),
                Path.of("/scratch/player/Reach.x86_64"),
                Path.of("/scratch/../scratch"),
                0);
    }

    @Test
    void isTheWholeCommandLine() {
        TrainingJob job = Jobs.job(config -> {
            config.setNumEnvs(4);
            config.setSeed(7);
            config.setExtraArgs(List.of("--deterministic"));
        });

        assertThat(LearnCommand.argv("learn", training(job), settings(), new Start.Fresh(), 15_024, false))
                .isEqualTo(List.of(
                        "learn",
                        "/scratch/mlagents_config.yaml",
                        "--run-id",
                        "job-1",
                        "--results-dir",
                        "/scratch/results",
                        "--env",
                        "/scratch/player/Reach.x86_64",
                        "--num-envs",
                        "4",
                        "--time-scale",
                        "20.0",
                        "--seed",
                        "7",
                        "--base-port",
                        "15024",
                        "--timeout-wait",
                        "30",
                        "--no-graphics",
                        "--deterministic"));
    }

    @Test
    void keepsTheDisplayForACamera() {
        assertThat(argv(new Start.Fresh(), true)).doesNotContain("--no-graphics");
    }

    @Test
    void saysWhereItBegins() {
        assertThat(argv(new Start.Fresh(), false)).doesNotContain("--resume", "--initialize-from", "--force");
        assertThat(argv(new Start.Resume(List.of()), false)).contains("--resume");
        assertThat(argv(new Start.From("job-0", List.of()), false)).containsSequence("--initialize-from", "job-0");
    }

    @Test
    void trainsOnAnAssignedGpu() {
        assertThat(argv(new Start.Fresh(), false)).doesNotContain("--torch-device");
        assertThat(LearnCommand.argv(
                        "learn", training(Jobs.job(config -> {})), settings("1"), new Start.Fresh(), 15_008, false))
                .containsSequence("--torch-device", "cuda");
    }

    private static List<String> argv(Start start, boolean graphics) {
        return LearnCommand.argv("learn", training(Jobs.job(config -> {})), settings(), start, 15_008, graphics);
    }
}
