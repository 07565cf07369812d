package dev.unitymlops.cli.trainerenv;

import dev.unitymlops.cli.doctor.Finding;
import dev.unitymlops.cli.doctor.Findings;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlops trainer-env}. */
@Command(name = "trainer-env", description = "Make or check the Python environment in which mlagents-learn trains.")
public final class TrainerEnvCommand {
    private final Say say;
    private final MakeTrainerEnv make;
    private final TrainerEnvCheck check;

    /** @param environment variables of this process, which the trainer would see */
    public TrainerEnvCommand(Say say, MakeTrainerEnv make, Map<String, String> environment) {
        this.say = say;
        this.make = make;
        this.check = new TrainerEnvCheck(environment);
    }

    /** How far a check goes; each level includes the ones before. */
    enum Level {
        VERSIONS,
        START,
        TRAINING
    }

    /**
     * What {@code create} answers.
     *
     * @param python null when the executable is no Python script
     * @param made false: it was there already
     */
    record Made(String mlagentsLearn, @Nullable String python, boolean made) {
        static Made of(TrainerEnv env, boolean made) {
            return new Made(
                    env.mlagentsLearn().toString(),
                    env.python().map(Object::toString).orElse(null),
                    made);
        }
    }

    @Command(
            name = "create",
            description = "Make it in your cache folder, after saying what will be fetched."
                    + " Exit code 3 when that is not done.")
    int create(
            @Option(names = "--yes", description = "Fetch and install without a question, also gigabytes.") boolean yes)
            throws InterruptedException {
        Optional<TrainerEnv> there = make.locate();
        if (there.isPresent()) {
            Made found = Made.of(there.get(), false);
            say.answer(found, "It is there already: " + found.mlagentsLearn());
        } else {
            Made made = Made.of(make.ensure(yes), true);
            say.answer(made, "Made: " + made.mlagentsLearn() + ". Try it with `mlops trainer-env check`.");
        }
        return ExitCode.DONE.code();
    }

    @Command(name = "check", description = "Say what is wrong with it, and what to do. Exit code 3 when something is.")
    int check(
            @Option(
                            names = "--level",
                            paramLabel = "LEVEL",
                            defaultValue = "training",
                            description = "How far: versions (a second), start (mlagents-learn --help, seconds) or"
                                    + " training (400 steps and an ONNX export, ten seconds)."
                                    + " Default: ${DEFAULT-VALUE}.")
                    Level level)
            throws IOException, InterruptedException {
        TrainerEnv env = make.locate()
                .orElseThrow(() -> new Refused("There is no trainer environment; `mlops trainer-env create` makes one,"
                        + " MLOPS_TRAINER_ENV names one."));
        say.tell("Checking " + env.mlagentsLearn());
        return Findings.answer(
                        say, findings(env, level).stream().map(Finding::of).toList())
                .code();
    }

    private List<dev.unitymlops.trainerenv.Finding> findings(TrainerEnv env, Level level)
            throws IOException, InterruptedException {
        return switch (level) {
            case VERSIONS -> check.versions(env);
            case START -> check.start(env);
            case TRAINING -> {
                try (var world = new TinyWorld()) {
                    yield check.training(env, world.player());
                }
            }
        };
    }
}
