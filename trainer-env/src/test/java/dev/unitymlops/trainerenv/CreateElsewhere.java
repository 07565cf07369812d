package dev.unitymlops.trainerenv;

import static dev.unitymlops.trainerenv.MachineBuilder.machine;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Makes an environment in a process of its own, telling each event on stdout: arguments are the made python and the home. */
public final class CreateElsewhere {
    private CreateElsewhere() {}

    public static void main(String[] args) throws InterruptedException {
        var plan = TrainerEnvPlan.choose(
                machine()
                        .torch(1, 13, 1)
                        .systemPython(Path.of(args[0]), 3, 11, 2)
                        .build(),
                Path.of(args[1]));
        new TrainerEnvCreate(System.getenv(), Clock.systemUTC()).create(plan, new Printed());
        System.out.println("made");
    }

    private static final class Printed implements ProgressListener {
        @Override
        public void waiting(Path lock) {
            System.out.println("waiting");
        }

        @Override
        public void started(Step step, int number, int of) {
            System.out.println("started " + step.getClass().getSimpleName());
        }

        @Override
        public void output(Step step, String line) {
            System.out.println(line);
        }

        @Override
        public void finished(Step step, Duration took) {
            System.out.println("finished");
        }
    }
}
