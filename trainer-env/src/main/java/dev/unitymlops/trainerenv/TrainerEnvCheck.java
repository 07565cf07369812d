package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what is wrong with an environment, and what to do about it. */
public final class TrainerEnvCheck {
    private static final String REMAKE = "`mlops trainer-env create` makes an environment that works";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Programs programs;

    /** @param environment the variables that the trainer would see */
    public TrainerEnvCheck(Map<String, String> environment) {
        programs = new Programs(environment);
    }

    /** What the environment's own interpreter would import; under a second, imports nothing. */
    public List<Finding> versions(TrainerEnv env) throws InterruptedException {
        try {
            var installed = InstalledVersions.of(env, programs);
            return Requirement.ALL.stream()
                    .map(requirement -> requirement.check(installed.get(requirement.name())))
                    .toList();
        } catch (TrainerEnvException unusable) {
            return List.of(Finding.bad("python", unusable.getMessage(), "an interpreter that runs", REMAKE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the Python of " + env.mlagentsLearn(), e);
        }
    }

    /** {@link #versions}, and whether {@code mlagents-learn --help} comes up, which imports everything: some seconds. */
    public List<Finding> start(TrainerEnv env) throws InterruptedException {
        var findings = new ArrayList<>(versions(env));
        findings.add(comesUp(env));
        return findings;
    }

    /**
     * {@link #start}, and where that is well a training of 400 steps with an export, which alone finds a torch and an onnx that do
     * not fit; about ten seconds.
     *
     * @param player the command, before Unity's own arguments, of a player that speaks ML-Agents' protocol, with whatever
     *     observations and actions: a built player, or simulated-unity's PlayerMain
     */
    public List<Finding> training(TrainerEnv env, List<String> player) throws InterruptedException {
        var findings = new ArrayList<>(start(env));
        if (findings.getLast().ok()) {
            findings.add(trains(env, player));
        }
        return findings;
    }

    private Finding comesUp(TrainerEnv env) throws InterruptedException {
        var expected = "`mlagents-learn --help` ends with exit code 0";
        try {
            var outcome = programs.with(env::apply)
                    .run(List.of(env.mlagentsLearn().toString(), "--help"), Path.of("/"), START_LIMIT, line -> {});
            return outcome.ok()
                    ? Finding.good("start", "exit code 0", expected)
                    : Finding.bad("start", FailedRun.found(outcome), expected, FailedRun.remedy(outcome, REMAKE));
        } catch (IOException e) {
            return Finding.bad("start", "cannot be started: " + e.getMessage(), expected, REMAKE);
        }
    }

    private Finding trains(TrainerEnv env, List<String> player) throws InterruptedException {
        try {
            var scratch = Files.createTempDirectory("mlops-check-");
            try {
                return new TinyTraining(programs.with(env::apply), env.mlagentsLearn(), player).run(scratch);
            } finally {
                DeleteTree.of(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot try a training: " + e.getMessage(), e);
        }
    }
}
