package dev.unitymlops.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.testkit.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** JVMs that use one registry at once: each says that it is ready, and waits until all may begin. */
final class SecondProcesses implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    /** Starts one, and gives what it writes after it is ready. */
    BufferedReader start(Class<?> main, Object... arguments) throws IOException {
        List<String> texts = List.of(arguments).stream().map(String::valueOf).toList();
        Process process = new ProcessBuilder(JavaProcess.command(main, List.of(), texts))
                .redirectError(Redirect.INHERIT)
                .start();
        processes.add(process);
        BufferedReader lines = process.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
        return lines;
    }

    /** Lets all begin. */
    void go() throws IOException {
        for (Process process : processes) {
            process.outputWriter().close();
        }
    }

    /** SIGKILL; returns when all are gone. */
    @Override
    public void close() {
        for (Process process : processes) {
            process.destroyForcibly().onExit().join();
        }
    }
}
