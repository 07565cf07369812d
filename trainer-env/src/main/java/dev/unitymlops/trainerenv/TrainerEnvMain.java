package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/** {@code .ci/trainer-env} and container images call this, before anything else is built: makes the environment and prints its folder. */
public final class TrainerEnvMain {
    private TrainerEnvMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(Arrays.asList(args).contains("--yes")));
    }

    private static int run(boolean yes) throws InterruptedException {
        var environment = System.getenv();
        var settings = TrainerEnvSettings.from(environment);
        try {
            var found = TrainerEnv.locate(settings);
            if (found.isPresent()) {
                System.out.println(found.get().mlagentsLearn());
                return 0;
            }
            var plan = TrainerEnvPlan.forThisMachine(settings, environment);
            plan.lines().forEach(System.err::println);
            if (plan.consent(yes, false) != TrainerEnvPlan.Consent.GIVEN) {
                System.err.println(plan.refusal());
                return 3;
            }
            var made = new TrainerEnvCreate(environment, Clock.systemUTC()).create(plan, new PlainLines());
            System.out.println(made.mlagentsLearn());
            return 0;
        } catch (TrainerEnvException e) {
            System.err.println(e.getMessage());
            return 3;
        }
    }

    /** Every line of the children too: a build log is read after the fact. */
    private static final class PlainLines implements ProgressListener {
        @Override
        public void waiting(Path lock) {
            System.err.println("Another process is making it (" + lock + "): waiting.");
        }

        @Override
        public void started(Step step, int number, int of) {
            System.err.println("[" + number + "/" + of + "] " + step.says());
        }

        @Override
        public void output(Step step, String line) {
            System.err.println("    " + line);
        }

        @Override
        public void finished(Step step, Duration took) {
            System.err.println("    done in " + took.toMillis() + " ms");
        }
    }
}
