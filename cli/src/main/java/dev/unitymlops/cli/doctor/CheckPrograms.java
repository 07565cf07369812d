package dev.unitymlops.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs that jobs start. */
final class CheckPrograms {
    private final Map<String, String> environment;
    private final AskPrograms programs;

    CheckPrograms(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.programs = new AskPrograms(environment);
    }

    List<Finding> findings() throws InterruptedException {
        return List.of(
                python(),
                optional("git", "a job's result names the commit of its project", "install git", "--version"),
                optional(
                        "mcs",
                        "our tests compile the generated C# with it",
                        "install mono-mcs; only our own tests use it",
                        "--version"),
                unity(),
                docker());
    }

    /** On Linux the system's own is taken first, as the supervisor of child processes does. */
    private Finding python() throws InterruptedException {
        String expected = "Python 3; it supervises Unity and the trainer";
        Optional<Path> python = programs.find("/usr/bin/python3").or(() -> programs.find("python3"));
        Optional<String> version = python.isPresent() ? programs.ask(python.get(), "--version") : Optional.empty();
        return version.isPresent()
                ? Finding.good("python", true, version.get() + " (" + python.get() + ")", expected)
                : Finding.bad("python", true, "none that answers", expected, "install python3");
    }

    private Finding optional(String name, String expected, String remedy, String question) throws InterruptedException {
        Optional<Path> program = programs.find(name);
        if (program.isEmpty()) {
            return Finding.bad(name, false, "not on the PATH", expected, remedy);
        }
        Optional<String> answer = programs.ask(program.get(), question);
        return answer.isPresent()
                ? Finding.good(name, false, answer.get(), expected)
                : Finding.bad(name, false, program.get() + " does not answer", expected, remedy);
    }

    /** Not started: an editor takes a licence seat. */
    private Finding unity() {
        String expected = "a Unity editor, for projects other than simulated:<world>";
        String named = environment.getOrDefault("UNITY_EXECUTABLE", "");
        String name = named.isBlank() ? "Unity" : named;
        Optional<Path> editor = programs.find(name);
        if (editor.isPresent()) {
            return Finding.good("unity", !named.isBlank(), editor.get().toString(), expected);
        }
        return named.isBlank()
                ? Finding.bad(
                        "unity",
                        false,
                        "no Unity on the PATH",
                        expected,
                        "set UNITY_EXECUTABLE to the editor of the version that your project has")
                : Finding.bad(
                        "unity",
                        true,
                        "UNITY_EXECUTABLE is " + named + ", which is no executable file",
                        expected,
                        "correct UNITY_EXECUTABLE, or leave it out");
    }

    private Finding docker() throws InterruptedException {
        String expected = "a Docker that runs, for docker-compose.yml and the tests on Testcontainers";
        String remedy = "start Docker; `mlops run` and `mlops up` do without";
        Optional<Path> docker = programs.find("docker");
        if (docker.isEmpty()) {
            return Finding.bad("docker", false, "not on the PATH", expected, remedy);
        }
        Optional<String> server = programs.ask(docker.get(), "version", "--format", "{{.Server.Version}}");
        return server.isPresent()
                ? Finding.good("docker", false, server.get(), expected)
                : Finding.bad("docker", false, docker.get() + ", but no server answers it", expected, remedy);
    }
}
