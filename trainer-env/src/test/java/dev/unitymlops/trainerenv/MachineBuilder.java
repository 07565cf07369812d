package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts as an x86-64 Linux with apt-get and mvn, without root, GPU or Python; each method adds or takes away one thing. */
final class MachineBuilder {
    private boolean x8664 = true;
    private boolean gpu;
    private boolean root;
    private boolean debian12;
    private Path aptGet = Path.of("/usr/bin/apt-get");
    private Optional<Path> mvn = Optional.of(Path.of("/usr/bin/mvn"));
    private Optional<Interpreter> systemPython = Optional.empty();
    private Optional<Version> systemTorch = Optional.empty();
    private final List<Interpreter> onPath = new ArrayList<>();

    static MachineBuilder machine() {
        return new MachineBuilder();
    }

    MachineBuilder otherProcessor() {
        x8664 = false;
        return this;
    }

    MachineBuilder gpu() {
        gpu = true;
        return this;
    }

    MachineBuilder root() {
        root = true;
        return this;
    }

    MachineBuilder debian12() {
        debian12 = true;
        return this;
    }

    MachineBuilder withoutMvn() {
        mvn = Optional.empty();
        return this;
    }

    MachineBuilder aptGet(Path program) {
        aptGet = program;
        return this;
    }

    MachineBuilder mvn(Path program) {
        mvn = Optional.of(program);
        return this;
    }

    MachineBuilder systemPython(Integer... version) {
        return systemPython(Machine.SYSTEM_PYTHON, version);
    }

    MachineBuilder systemPython(Path program, Integer... version) {
        systemPython = Optional.of(new Interpreter(program, Version.of(version)));
        return this;
    }

    MachineBuilder torch(Integer... version) {
        systemTorch = Optional.of(Version.of(version));
        return this;
    }

    MachineBuilder onPath(String python, Integer... version) {
        onPath.add(new Interpreter(Path.of(python), Version.of(version)));
        return this;
    }

    Machine build() {
        return new Machine(
                x8664, gpu, root, debian12, Optional.of(aptGet), mvn, systemPython, systemTorch, List.copyOf(onPath));
    }
}
