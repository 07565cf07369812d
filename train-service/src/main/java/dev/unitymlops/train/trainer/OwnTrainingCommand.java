package dev.unitymlops.train.trainer;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.train.console.ConsoleLine;
import dev.unitymlops.train.console.ConsoleParser;
import dev.unitymlops.train.console.FollowConsole;
import dev.unitymlops.train.console.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The job's own training command, with the original pipeline's contract: it finds absolute paths in {@code
 * UNITY_BUILD_PATH} and {@code MLAGENTS_CONFIG_PATH} and writes the model to {@code MLAGENTS_OUTPUT_MODEL}. Summaries in
 * ML-Agents' console format become progress and metrics; without any there are none. Thread-safe.
 */
public final class OwnTrainingCommand implements Trainer {

    @Override
    public Invocation plan(Training training) {
        Map<String, String> environment = Map.of(
                "UNITY_BUILD_PATH", absolute(training.player()),
                "MLAGENTS_CONFIG_PATH", absolute(training.configFile()),
                "MLAGENTS_OUTPUT_MODEL", absolute(output(training)));
        return new Invocation(argv(training), training.directory(), environment);
    }

    @Override
    public Trained train(Training training, Attempt attempt) throws StageFailure, InterruptedException, IOException {
        var progress = new TrainingProgress(training.behavior(), training.maxSteps(), attempt.progress());
        Invocation invocation = plan(training);
        CommandsFile.write(attempt.folder(), invocation);
        attempt.progress().phase("starting the training command");
        ChildExit exit = FollowConsole.run(
                attempt.children(),
                lines -> new ChildCommand(
                        invocation.argv(),
                        invocation.directory(),
                        invocation.environment(),
                        attempt.folder().resolve("trainer.log"),
                        lines,
                        training.timeout()),
                line -> {
                    if (ConsoleParser.parse(line) instanceof ConsoleLine.Progress summary) {
                        progress.saw(summary);
                    }
                });
        judge(training, exit);
        TrainingMetrics metrics = metrics(progress);
        var model = new Trained.Model(
                training.behavior(), output(training), metrics == null ? 0 : metrics.getSteps(), null);
        return new Trained(invocation, List.of(model), List.of(), metrics, Map.of(), List.of());
    }

    private static void judge(Training training, ChildExit exit) throws StageFailure {
        if (exit.timedOut()) {
            throw StageFailure.of(
                            FailureCause.TIMEOUT,
                            Retry.NEVER,
                            "training_command took longer than timeouts.training_seconds ("
                                    + training.timeout().toSeconds() + " s)")
                    .withLogTail(exit.tail());
        }
        if (exit.code() != 0) {
            throw StageFailure.infrastructure("training_command failed with exit code " + exit.code() + ": "
                            + argv(training).getFirst())
                    .withLogTail(exit.tail());
        }
        if (!isWritten(output(training))) {
            throw StageFailure.infrastructure("mlagents command completed without writing MLAGENTS_OUTPUT_MODEL ("
                            + argv(training).getFirst() + ")")
                    .withLogTail(exit.tail());
        }
    }

    private static boolean isWritten(Path model) {
        try {
            return Files.isRegularFile(model) && Files.size(model) > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Only what the command printed; the first summary's reward is not kept, so it is not told. */
    private static @Nullable TrainingMetrics metrics(TrainingProgress progress) {
        ConsoleLine.Progress last = progress.last();
        if (last == null) {
            return null;
        }
        return TrainingMetrics.newBuilder()
                .setSteps(last.step())
                .setMeanReward(last.meanReward())
                .setRewardStd(progress.rewardStd())
                .build();
    }

    private static List<String> argv(Training training) {
        return Objects.requireNonNull(training.job().getTrainingCommand(), "the job has no training_command");
    }

    private static Path output(Training training) {
        return training.directory().resolve(training.behavior() + ".onnx");
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
