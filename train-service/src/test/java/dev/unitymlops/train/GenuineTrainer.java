package dev.unitymlops.train;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.util.Optional;

/** The genuine trainer's environment on this machine. */
public final class GenuineTrainer {

    private GenuineTrainer() {}

    /**
     * The environment; where there is none the calling test is skipped, in one line with the reason, or fails when
     * MLOPS_REQUIRE_TRAINER_ENV is true.
     */
    public static TrainerEnv required(String test) {
        TrainerEnvSettings settings = TrainerEnvSettings.from(System.getenv());
        Optional<TrainerEnv> found = TrainerEnv.locate(settings);
        if (found.isEmpty()) {
            String reason = "no trainer environment in " + settings.home() + " (`mlops trainer-env create` makes one)";
            if ("true".equals(System.getenv("MLOPS_REQUIRE_TRAINER_ENV"))) {
                fail("MLOPS_REQUIRE_TRAINER_ENV is true, but there is " + reason);
            }
            System.out.println(test + " is skipped: " + reason);
            assumeTrue(false, reason);
        }
        return found.orElseThrow();
    }
}
