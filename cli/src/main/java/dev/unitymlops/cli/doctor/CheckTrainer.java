package dev.unitymlops.cli.doctor;

import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvCheck;
import dev.unitymlops.trainerenv.TrainerEnvException;
import dev.unitymlops.trainerenv.TrainerEnvPlan;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Python environment of the trainer: the versions in it, or what it takes to make one. */
final class CheckTrainer {
    private static final String CHECK = "trainer";
    private static final String EXPECTED = "an environment with mlagents-learn 1.1.0, for real trainings";

    private final Map<String, String> environment;

    CheckTrainer(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    List<Finding> findings() throws InterruptedException {
        TrainerEnvSettings settings = TrainerEnvSettings.from(environment);
        try {
            Optional<TrainerEnv> env = TrainerEnv.locate(settings);
            return env.isPresent() ? versions(env.get()) : List.of(toBeMade(settings));
        } catch (TrainerEnvException e) {
            return List.of(Finding.bad(CHECK, true, "none", EXPECTED, e.getMessage()));
        }
    }

    private List<Finding> versions(TrainerEnv env) throws InterruptedException {
        var there = Finding.good(CHECK, true, env.mlagentsLearn().toString(), EXPECTED);
        return Stream.concat(
                        Stream.of(there),
                        new TrainerEnvCheck(environment).versions(env).stream().map(Finding::of))
                .toList();
    }

    /** Nothing is wrong yet: `mlops run` makes it. @throws TrainerEnvException when it could not */
    private Finding toBeMade(TrainerEnvSettings settings) {
        TrainerEnvPlan plan = TrainerEnvPlan.forThisMachine(settings, environment);
        return Finding.bad(
                CHECK,
                false,
                "none yet",
                EXPECTED,
                "`mlops trainer-env create` makes it (" + plan.cost() + "),"
                        + " and so does `mlops run` when a job needs it");
    }
}
