package dev.unitymlops.cli.doctor;

import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mlops doctor}. */
@Command(
        name = "doctor",
        description = {
            "Look at this machine and say what is missing, and what to do about it.",
            "Exit code 3 when something is wrong that a job needs."
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Say say;
    private final FindCluster find;
    private final Map<String, String> environment;

    /** @param environment variables of this process */
    public DoctorCommand(Say say, FindCluster find, Map<String, String> environment) {
        this.say = say;
        this.find = find;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Findings.answer(say, findings()).code();
    }

    private List<Finding> findings() throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.addAll(new CheckMachine(
                        find.options().dataDir(),
                        TrainerEnvSettings.from(environment).home())
                .findings());
        findings.addAll(new CheckPrograms(environment).findings());
        findings.addAll(new CheckTrainer(environment).findings());
        findings.addAll(new CheckCluster(find).findings());
        return findings;
    }
}
