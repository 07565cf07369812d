package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.util.List;

/** One thing to do, with what it costs; what a plan shows is exactly what is then done. */
public sealed interface Step {
    /** In the imperative, for people. */
    String says();

    Cost cost();

    /** Refreshes Debian's package lists; changes the system, needs root. */
    record AptUpdate(Path aptGet) implements Step {
        @Override
        public String says() {
            return "refresh the package lists (apt-get update)";
        }

        @Override
        public Cost cost() {
            return new Cost(10, 0, 10);
        }
    }

    /** Installs packages for the whole system; needs root. */
    record AptInstall(Path aptGet, List<String> packages, Cost cost) implements Step {
        @Override
        public String says() {
            return "install Debian's " + String.join(" and ", packages) + " for the whole system (apt-get install)";
        }
    }

    /** Fetches a whole CPython with Maven, which knows this machine's repositories; {@code to} must stay, the environment links to it. */
    record FetchPython(Path mvn, Path to) implements Step {
        static final String ARTIFACT = "org.bytedeco:cpython:3.10.8-1.5.8:jar:linux-x86_64";

        Path python() {
            return to.resolve("bin/python3.10");
        }

        @Override
        public String says() {
            return "fetch CPython 3.10.8 (" + ARTIFACT + ", with mvn) to " + to;
        }

        @Override
        public Cost cost() {
            return new Cost(25, 82, 20);
        }
    }

    /**
     * Makes an empty virtual environment.
     *
     * @param systemSitePackages lets it see Debian's torch
     */
    record MakeVenv(Path python, boolean systemSitePackages) implements Step {
        @Override
        public String says() {
            return "make a virtual environment with " + python
                    + (systemSitePackages ? ", which sees the system's packages" : "");
        }

        @Override
        public Cost cost() {
            return new Cost(0, 20, 10);
        }
    }

    /** Installs with the environment's pip, which takes indexes and proxies from this machine's own configuration. */
    record PipInstall(String what, List<String> arguments, Cost cost) implements Step {
        @Override
        public String says() {
            return "install " + what + " with pip";
        }
    }

    /** Starts the trainer once: proves the imports and leaves compiled files, so that later starts are faster. */
    record FirstStart() implements Step {
        @Override
        public String says() {
            return "start mlagents-learn once";
        }

        @Override
        public Cost cost() {
            return new Cost(0, 0, 5);
        }
    }
}
