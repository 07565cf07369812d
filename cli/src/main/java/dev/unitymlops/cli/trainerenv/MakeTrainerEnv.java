package dev.unitymlops.cli.trainerenv;

import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvCreate;
import dev.unitymlops.trainerenv.TrainerEnvException;
import dev.unitymlops.trainerenv.TrainerEnvPlan;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Finds the trainer's environment, or makes it: says first what it will fetch, and asks where that is much. */
public final class MakeTrainerEnv {
    private final Say say;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param environment variables of this process: they say where environments are kept; pip and apt-get see them */
    public MakeTrainerEnv(Say say, Map<String, String> environment, Clock clock) {
        this.say = say;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /**
     * The environment that is there.
     *
     * @throws Refused when the user has named one that is not
     */
    public Optional<TrainerEnv> locate() {
        try {
            return TrainerEnv.locate(TrainerEnvSettings.from(environment));
        } catch (TrainerEnvException e) {
            throw new Refused(e.getMessage());
        }
    }

    /**
     * The environment that is there, else a new one.
     *
     * @param yes gigabytes may be fetched without a question
     * @throws Refused when none can be made here, or nobody agreed
     */
    public TrainerEnv ensure(boolean yes) throws InterruptedException {
        Optional<TrainerEnv> there = locate();
        return there.isPresent() ? there.get() : make(yes);
    }

    private TrainerEnv make(boolean yes) throws InterruptedException {
        try {
            TrainerEnvPlan plan = TrainerEnvPlan.forThisMachine(TrainerEnvSettings.from(environment), environment);
            plan.lines().forEach(say::tell);
            requireConsent(plan, yes);
            try (var steps = new TellSteps(say.terminal())) {
                return new TrainerEnvCreate(environment, clock).create(plan, steps);
            }
        } catch (TrainerEnvException e) {
            throw new Refused(e.getMessage());
        }
    }

    private void requireConsent(TrainerEnvPlan plan, boolean yes) {
        boolean agreed = switch (plan.consent(yes, say.terminal().person())) {
            case GIVEN -> true;
            case ASK -> say.agreed("Go on?");
            case REFUSED -> false;
        };
        if (!agreed) {
            throw new Refused("Not done: " + plan.refusal());
        }
    }
}
