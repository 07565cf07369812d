package dev.unitymlops.system;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.JobFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jobs of {@code examples/}, under ids of a test's own. */
public final class JobFiles {
    private JobFiles() {}

    /** The guide's Quick Start, a dry run. */
    public static TrainingJob dry(String jobId) {
        return example("simple-agent.yaml", jobId);
    }

    /** Own commands instead of Unity and the trainer, a model that can be played, in about a second. */
    public static TrainingJob quick(String jobId) {
        TrainingJob job = example("slow-stage.yaml", jobId);
        job.setBuildCommand(edited(job.getBuildCommand(), "sleep 2", "sleep 0"));
        job.setTrainingCommand(edited(job.getTrainingCommand(), "EPISODES, STEPS = 120,", "EPISODES, STEPS = 3,"));
        job.setTrainingCommand(edited(job.getTrainingCommand(), "time.sleep(1)", "time.sleep(0.1)"));
        return job;
    }

    /** As {@link #quick}, but whoever trains first writes its process id into {@code started} and gets no further. */
    public static TrainingJob stuckAtFirst(String jobId, Path started) {
        return waitingAtFirst(jobId, started, started.resolveSibling("never"));
    }

    /** As {@link #quick}, but whoever trains first writes its process id into {@code started} and waits for {@code go}. */
    public static TrainingJob waitingAtFirst(String jobId, Path started, Path go) {
        TrainingJob job = quick(jobId);
        String wait = """
                import os, time
                if not os.path.exists("%1$s"):
                    with open("%1$s.part", "w") as file:
                        file.write(str(os.getpid()))
                    os.rename("%1$s.part", "%1$s")
                    while not os.path.exists("%2$s"):
                        time.sleep(0.1)
                """.formatted(started, go);
        List<String> command = new ArrayList<>(job.getTrainingCommand());
        command.set(command.size() - 1, wait + command.getLast());
        job.setTrainingCommand(command);
        return job;
    }

    private static List<String> edited(List<String> command, String text, String replacement) {
        String script = command.getLast();
        if (!script.contains(text)) {
            throw new AssertionError("examples/slow-stage.yaml no longer has '" + text + "'");
        }
        List<String> edited = new ArrayList<>(command);
        edited.set(edited.size() - 1, script.replace(text, replacement));
        return edited;
    }

    public static TrainingJob example(String file, String jobId) {
        JobFile.Result result = JobFile.read(Checkout.file("examples/" + file), JobDefaults.none());
        if (!(result instanceof JobFile.Valid valid)) {
            throw new AssertionError("examples/" + file + " is no valid job: " + result);
        }
        valid.job().setJobId(jobId);
        return valid.job();
    }
}
