package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does one step of a plan, in the folder of the environment to be. */
final class RunStep {
    private static final Duration LIMIT = Duration.ofHours(1);

    private final Programs programs;
    private final Path folder;

    RunStep(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    /** @throws TrainerEnvException with the program's last lines, and their meaning where it is known */
    void run(Step step, Consumer<String> output) throws IOException, InterruptedException {
        switch (step) {
            case Step.AptUpdate apt -> apt(apt, output, apt.aptGet().toString(), "update");
            case Step.AptInstall apt -> apt(apt, output, aptInstall(apt));
            case Step.FetchPython fetch -> new FetchCpython(programs, fetch).run(output);
            case Step.MakeVenv venv -> makeVenv(venv, output);
            case Step.PipInstall pip -> pip(pip, output);
            case Step.FirstStart start -> firstStart(start, output);
        }
    }

    private static String[] aptInstall(Step.AptInstall apt) {
        var command = new ArrayList<>(List.of(
                apt.aptGet().toString(), "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"));
        command.addAll(apt.packages());
        return command.toArray(String[]::new);
    }

    private void apt(Step step, Consumer<String> output, String... command) throws IOException, InterruptedException {
        var unattended = programs.with(variables -> variables.put("DEBIAN_FRONTEND", "noninteractive"));
        check(step, unattended.runToItsEnd(List.of(command), Path.of("/"), output));
    }

    private void makeVenv(Step.MakeVenv venv, Consumer<String> output) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(venv.python().toString(), "-m", "venv"));
        if (venv.systemSitePackages()) {
            command.add("--system-site-packages");
        }
        command.add(folder.toString());
        check(venv, programs.run(command, Path.of("/"), LIMIT, output));
    }

    private void pip(Step.PipInstall pip, Consumer<String> output) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(LockFile.NAME), LockFile.text());
        var command = new ArrayList<>(List.of(
                folder.resolve("bin/python").toString(),
                "-m",
                "pip",
                "install",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar",
                "off"));
        command.addAll(pip.arguments());
        check(pip, inside().run(command, folder, LIMIT, output));
    }

    private void firstStart(Step.FirstStart start, Consumer<String> output) throws IOException, InterruptedException {
        var learn = folder.resolve("bin/mlagents-learn").toString();
        check(start, inside().run(List.of(learn, "--help"), folder, LIMIT, output));
    }

    private Programs inside() {
        return programs.with(TrainerEnv.inside(folder)::apply);
    }

    static void check(Step step, Programs.Outcome outcome) {
        if (outcome.ok()) {
            return;
        }
        throw new TrainerEnvException("could not " + step.says() + ": "
                + (outcome.timedOut() ? "it did not end within " + LIMIT : "exit code " + outcome.exitCode())
                + Diagnose.of(outcome.output()).map(known -> "\n" + known).orElse("")
                + "\n"
                + outcome.lastLines());
    }
}
