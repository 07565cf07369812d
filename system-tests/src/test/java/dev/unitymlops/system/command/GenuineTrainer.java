package dev.unitymlops.system.command;

import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Whether this machine can train for real. */
final class GenuineTrainer {
    private GenuineTrainer() {}

    /** Skips the calling test in one line where it cannot, and fails it when MLOPS_REQUIRE_TRAINER_ENV is true. */
    static void require(String test) {
        TrainerEnvSettings settings = TrainerEnvSettings.from(System.getenv());
        if (TrainerEnv.locate(settings).isPresent()) {
            return;
        }
        String reason = "no trainer environment in " + settings.home() + " (`mlops trainer-env create` makes one)";
        if ("true".equals(System.getenv("MLOPS_REQUIRE_TRAINER_ENV"))) {
            Assertions.fail("MLOPS_REQUIRE_TRAINER_ENV is true, but there is " + reason);
        }
        System.out.println(test + " is skipped: " + reason);
        Assumptions.abort(reason);
    }
}
