package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would be done to make an environment on this machine; to be shown before it is done.
 *
 * @param folder the environment to be
 * @param because why this way, in one sentence
 * @param large fetches gigabytes, so a person has to agree
 * @param cheaper what the user could do to need less, when there is something
 */
public record TrainerEnvPlan(
        Recipe recipe, Path folder, List<Step> steps, String because, boolean large, Optional<String> cheaper) {

    /** Whether to go on with a plan. */
    public enum Consent {
        GIVEN,
        /** A person sits at a terminal: show the plan and ask. */
        ASK,
        /** Nobody can be asked: say {@link TrainerEnvPlan#refusal} and end with exit code 3. */
        REFUSED
    }

    private static final List<String> PIP_LOCKED = List.of("--no-deps", "--only-binary", ":all:");
    private static final String HINT = "`apt-get install python3-venv python3-torch` as root, then the same command"
            + " again, needs 215 MB instead (CPU only)";

    public TrainerEnvPlan {
        steps = List.copyOf(steps);
    }

    /**
     * Looks at this machine and plans; changes nothing.
     *
     * @param environment the variables of this process, for PATH
     * @throws TrainerEnvException when there is no way to make one here; says what is missing
     */
    public static TrainerEnvPlan forThisMachine(TrainerEnvSettings settings, Map<String, String> environment) {
        return choose(Machine.probe(new Programs(environment)), settings.home());
    }

    static TrainerEnvPlan choose(Machine machine, Path home) {
        if (machine.gpu()) {
            return fromPypi(machine, home, "there is a GPU, and PyPI's torch can use it", Optional.empty());
        }
        if (debianTorchWorks(machine) && machine.debianPython().isPresent()) {
            return fromDebian(machine, home, List.of(), "Debian's torch is installed");
        }
        if (machine.debian12() && machine.root() && machine.aptGet().isPresent()) {
            return fromDebian(machine, home, missingPackages(machine), "this is Debian 12 without a GPU, and root");
        }
        return fromPypi(
                machine,
                home,
                "Debian 12's torch is not to be had here",
                machine.debian12() ? Optional.of(HINT) : Optional.empty());
    }

    /** 1.13 was tried with mlagents 1.1.0; 2.9 and later cannot export with its onnx. */
    private static boolean debianTorchWorks(Machine machine) {
        return machine.debianTorch()
                        .filter(torch -> torch.atLeast(1, 13) && torch.below(2, 9))
                        .isPresent()
                && machine.debianPython()
                        .map(python -> python.is(3, 10) || python.is(3, 11))
                        .orElse(machine.debian12());
    }

    private static List<String> missingPackages(Machine machine) {
        var missing = new ArrayList<String>();
        if (machine.debianPython().isEmpty()) {
            missing.add("python3-venv");
        }
        if (!debianTorchWorks(machine)) {
            missing.add("python3-torch");
        }
        return missing;
    }

    private static TrainerEnvPlan fromDebian(Machine machine, Path home, List<String> packages, String because) {
        var steps = new ArrayList<Step>();
        if (!packages.isEmpty()) {
            var aptGet = machine.aptGet().orElseThrow();
            steps.add(new Step.AptUpdate(aptGet));
            steps.add(new Step.AptInstall(aptGet, packages, aptCost(packages)));
        }
        steps.add(
                new Step.MakeVenv(machine.debianPython().map(Interpreter::path).orElse(Machine.SYSTEM_PYTHON), true));
        steps.add(locked(true));
        steps.add(new Step.FirstStart());
        return new TrainerEnvPlan(
                Recipe.DEBIAN, home.resolve(Recipe.DEBIAN.folderName()), steps, because, false, Optional.empty());
    }

    private static Cost aptCost(List<String> packages) {
        return packages.contains("python3-torch") ? new Cost(152, 652, 48) : new Cost(3, 5, 5);
    }

    private static TrainerEnvPlan fromPypi(Machine machine, Path home, String because, Optional<String> cheaper) {
        var steps = new ArrayList<Step>();
        boolean ignoreRange = false;
        var found = preferred(machine);
        if (found.isPresent()) {
            steps.add(new Step.MakeVenv(found.get().path(), false));
            ignoreRange = !found.get().inRange();
        } else {
            var fetch = new Step.FetchPython(machine.mvn().orElseThrow(), home.resolve("cpython-3.10.8-1.5.8"));
            steps.add(fetch);
            steps.add(new Step.MakeVenv(fetch.python(), false));
        }
        steps.add(locked(ignoreRange));
        steps.add(torch());
        steps.add(new Step.FirstStart());
        return new TrainerEnvPlan(Recipe.PYPI, home.resolve(Recipe.PYPI.folderName()), steps, because, true, cheaper);
    }

    /** Python 3.10 of the machine first (in range, then any), then the fetched 3.10.8 (empty), then 3.11; never 3.12, which lacks distutils. */
    private static Optional<Interpreter> preferred(Machine machine) {
        var pythons = machine.pythons();
        var three10 = pythons.stream()
                .filter(Interpreter::inRange)
                .findFirst()
                .or(() -> pythons.stream().filter(python -> python.is(3, 10)).findFirst());
        if (three10.isPresent() || (machine.linuxX8664() && machine.mvn().isPresent())) {
            return three10;
        }
        var three11 = pythons.stream().filter(python -> python.is(3, 11)).findFirst();
        if (three11.isEmpty()) {
            throw new TrainerEnvException("mlagents-learn needs Python 3.10 or 3.11 with venv: there is no python3.10"
                    + " or python3.11 on the PATH that can make virtual environments, and none can be fetched"
                    + (machine.linuxX8664() ? " without mvn on the PATH" : " for this system (only for Linux x86-64)")
                    + "; install one, or name an environment that has mlagents 1.1.0 with MLOPS_TRAINER_ENV");
        }
        return three11;
    }

    private static Step.PipInstall locked(boolean ignoreRange) {
        var arguments = new ArrayList<>(PIP_LOCKED);
        if (ignoreRange) {
            arguments.add("--ignore-requires-python");
        }
        arguments.addAll(List.of("-r", LockFile.NAME));
        return new Step.PipInstall("mlagents 1.1.0 and what it imports", arguments, new Cost(64, 200, 20));
    }

    private static Step.PipInstall torch() {
        return new Step.PipInstall(
                "torch 2.8.0 with its CUDA libraries",
                List.of("--only-binary", ":all:", "-c", LockFile.NAME, "torch==2.8.0"),
                new Cost(3900, 6500, 350));
    }

    public Cost cost() {
        return steps.stream().map(Step::cost).reduce(Cost.NONE, Cost::plus);
    }

    /** Installs packages for the whole system, which has to be said first. */
    public boolean changesTheSystem() {
        return steps.stream().anyMatch(Step.AptInstall.class::isInstance);
    }

    /**
     * Whether to go on.
     *
     * @param yes the user has agreed beforehand ({@code --yes})
     * @param terminal there is somebody to ask: stdin is a terminal
     */
    public Consent consent(boolean yes, boolean terminal) {
        if (yes || !large) {
            return Consent.GIVEN;
        }
        return terminal ? Consent.ASK : Consent.REFUSED;
    }

    /** What to say with {@link Consent#REFUSED}. */
    public String refusal() {
        return "the trainer's Python environment is not there yet and making it takes " + cost() + " (" + because
                + "): agree with --yes" + cheaper.map(hint -> "; " + hint).orElse("");
    }

    /** The whole plan for people, one line per step. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("The trainer's Python environment will be made in " + folder + ": " + because + ".");
        lines.add("It takes " + cost() + (changesTheSystem() ? ", and installs packages for the whole system:" : ":"));
        for (int i = 0; i < steps.size(); i++) {
            lines.add("  " + (i + 1) + ". " + steps.get(i).says());
        }
        if (large) {
            lines.add("  pip may keep what it downloads in its own cache besides (`pip cache purge` frees it).");
        }
        cheaper.ifPresent(hint -> lines.add("  " + hint + "."));
        return lines;
    }
}
