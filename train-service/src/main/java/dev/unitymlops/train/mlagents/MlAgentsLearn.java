package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.artifacts.KeepFiles;
import dev.unitymlops.stage.children.ChildCommand;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.train.console.FollowConsole;
import dev.unitymlops.train.console.TrainingProgress;
import dev.unitymlops.train.trainer.CommandsFile;
import dev.unitymlops.train.trainer.Invocation;
import dev.unitymlops.train.trainer.Trained;
import dev.unitymlops.train.trainer.Trainer;
import dev.unitymlops.train.trainer.Training;
import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Trains with the genuine {@code mlagents-learn}. Its exit code 0 says little: it is also that of a training whose
 * players left, so what counts is the final checkpoint's step and the model. Thread-safe: trainings run side by side.
 */
public final class MlAgentsLearn implements Trainer {

    private final MlAgentsSettings settings;
    private final Supplier<Optional<TrainerEnv>> environment;
    private final PortRanges ports;
    private final LongSupplier nanoTime;

    /**
     * @param environment the Python environment; asked for at each training, as it may be made while the service runs
     * @param nanoTime monotonic time in nanoseconds
     */
    public MlAgentsLearn(
            MlAgentsSettings settings,
            Supplier<Optional<TrainerEnv>> environment,
            PortRanges ports,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.environment = environment;
        this.ports = ports;
        this.nanoTime = nanoTime;
    }

    @Override
    public Invocation plan(Training training) {
        return invocation(training, "mlagents-learn", Map.of(), Checkpoints.planned(training), ports.first());
    }

    @Override
    public Trained train(Training training, Attempt attempt) throws StageFailure, InterruptedException, IOException {
        TrainerEnv python = located();
        PlayerPath.check(training.player().toAbsolutePath().normalize());
        Start start = Checkpoints.restore(training, attempt);
        try (PortRange range = ports.claim(training.job().getRlConfig().getNumEnvs())) {
            Map<String, String> variables = new HashMap<>();
            python.apply(variables);
            Invocation invocation =
                    invocation(training, python.mlagentsLearn().toString(), variables, start, range.first());
            return run(training, attempt, invocation, start);
        }
    }

    private TrainerEnv located() throws StageFailure {
        try {
            return environment
                    .get()
                    .orElseThrow(() -> StageFailure.infrastructure("mlagents-learn is not installed here; call"
                            + " `mlops trainer-env create`, or name an environment of your own with trainer.env"));
        } catch (TrainerEnvException e) {
            throw StageFailure.infrastructure(String.valueOf(e.getMessage())).because(e);
        }
    }

    private Invocation invocation(
            Training training, String learn, Map<String, String> variables, Start start, int basePort) {
        boolean graphics = Spaces.of(training.job()).needsGraphics();
        Map<String, String> environment = new HashMap<>(variables);
        List<String> gpus = settings.gpus();
        if (!gpus.isEmpty()) {
            environment.put("CUDA_VISIBLE_DEVICES", gpus.get(training.slot() % gpus.size()));
        }
        return new Invocation(
                LearnCommand.argv(learn, training, settings, start, basePort, graphics),
                training.directory(),
                environment);
    }

    private Trained run(Training training, Attempt attempt, Invocation invocation, Start start)
            throws StageFailure, InterruptedException, IOException {
        CommandsFile.write(attempt.folder(), invocation);
        Path results = LearnCommand.results(training).resolve(training.job().getJobId());
        var checkpoints = new CheckpointSync(training.job().getJobId(), results, attempt.folder());
        var progress = new TrainingProgress(training.behavior(), training.maxSteps(), attempt.progress());
        var console = new LearnConsole(new Watchdog(settings, nanoTime), checkpoints, progress, attempt.progress());
        attempt.progress().phase("starting the trainer");
        ChildExit exit;
        try {
            exit = FollowConsole.run(
                    attempt.children(), lines -> command(training, attempt, invocation, lines), console);
        } finally {
            publishLast(checkpoints);
        }
        RunFolder run = new RunFolder(results);
        judge(run, training, attempt, exit, console);
        long steps = run.steps().getOrDefault(training.behavior(), 0L);
        return new Trained(
                invocation,
                run.models(training.config().maxSteps(), checkpoints),
                run.files(),
                Metrics.of(run, training.behavior(), steps, progress.rewardStd(), console.resumedFrom()),
                run.versions(),
                start.inputs());
    }

    private static void judge(RunFolder run, Training training, Attempt attempt, ChildExit exit, LearnConsole console)
            throws StageFailure, IOException, InterruptedException {
        if (exit.timedOut()) {
            throw StageFailure.of(
                            FailureCause.TIMEOUT,
                            Retry.NEVER,
                            "the training took longer than timeouts.training_seconds ("
                                    + training.timeout().toSeconds() + " s)")
                    .withLogTail(exit.tail());
        }
        if (exit.code() != 0) {
            throw TrainerFaults.of(console.lastLines(), exit).withProduced(playerLogs(run, attempt));
        }
        if (console.interrupted()) {
            throw StageFailure.infrastructure("mlagents-learn ended with 0, but before its last step: its players left,"
                            + " or somebody sent it a signal")
                    .withLogTail(exit.tail())
                    .withProduced(playerLogs(run, attempt));
        }
    }

    private static List<ArtifactFile> playerLogs(RunFolder run, Attempt attempt)
            throws IOException, InterruptedException {
        return KeepFiles.all(
                run.playerLogs().stream().map(log -> log.in(attempt.folder())).toList());
    }

    private static ChildCommand command(
            Training training, Attempt attempt, Invocation invocation, Consumer<String> onLine) {
        return new ChildCommand(
                invocation.argv(),
                invocation.directory(),
                invocation.environment(),
                attempt.folder().resolve("trainer.log"),
                onLine,
                training.timeout());
    }

    /** Also after an interruption, whose flag would make file channels refuse to work; it is set again afterwards. */
    private static void publishLast(CheckpointSync checkpoints) {
        boolean interrupted = Thread.interrupted();
        try {
            checkpoints.ended();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
