package dev.unitymlops.simulated.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import dev.unitymlops.simulated.editor.EditorJob;
import dev.unitymlops.simulated.editor.SimulatedEditor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The player as a trainer starts it: built by the editor in a process of its own, then moved elsewhere. */
class BuiltPlayerTest {

    @TempDir
    private static Path folder;

    private static Path player;

    private final List<ProcessHandle> started = new ArrayList<>();
    private Trainer trainer;

    @BeforeAll
    static void build() throws Exception {
        EditorJob job = EditorJob.in(folder);
        List<String> command = new ArrayList<>(SimulatedEditor.command());
        command.addAll(List.of(job.arguments("Linux64")));
        Process editor = new ProcessBuilder(command).inheritIO().start();
        assertThat(editor.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(editor.exitValue()).isZero();
        Path elsewhere = folder.resolve("moved, with space's");
        Files.move(folder.resolve("build"), elsewhere);
        player = elsewhere.resolve("Reach.x86_64");
    }

    @BeforeEach
    void listen() throws IOException {
        trainer = new Trainer();
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
        trainer.close();
    }

    @Test
    void obeysItsTrainerAndLogs() throws Exception {
        Path log = folder.resolve("logs/Player-0.log");
        Process process = start(
                player.toString(),
                "-nographics",
                "-batchmode",
                "--mlagents-port",
                String.valueOf(trainer.port()),
                "-logFile",
                log.toString(),
                "--level",
                "3");
        trainer.begin(11);
        trainer.hear();
        trainer.stop();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(log).content().contains("seed=11").contains("reason=TRAINER_STOPPED");
    }

    @Test
    void playsAtRandomWithoutATrainer() throws Exception {
        Process process = start(player.toString(), "--random-policy", "20", "--seed", "3");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(JsonParser.parseString(out.readLine()).getAsJsonObject().keySet())
                    .containsExactly("episodes", "mean_reward", "std", "seed");
        }
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path log = folder.resolve("missing.log");
        Process process = start(player.toString(), "-logFile", log.toString());
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(log).content().contains("--mlagents-port N is missing");
    }

    @Test
    void diesWithTheProcessThatStartedIt() throws Exception {
        Process parent =
                start("/bin/sh", "-c", "\"$@\" & echo $!; wait", "sh", player.toString(), "--mlagents-port", port());
        ProcessHandle orphan = announced(parent);
        trainer.begin(1);
        trainer.hear();
        parent.destroyForcibly();
        await().atMost(Duration.ofMinutes(3)).until(() -> !orphan.isAlive());
    }

    @Test
    void diesWhenTheTrainerAboveItsWorkerIsGoneAndNothingComes() throws Exception {
        Process trainerProcess = start(
                "/bin/sh",
                "-c",
                "/bin/sh -c '\"$@\" & echo $!; wait' sh \"$@\" & wait",
                "sh",
                player.toString(),
                "--mlagents-port",
                port());
        ProcessHandle orphan = announced(trainerProcess);
        started.add(orphan.parent().orElseThrow());
        trainer.begin(1);
        trainer.hear();
        trainerProcess.destroyForcibly();
        await().atMost(Duration.ofMinutes(3)).until(() -> !orphan.isAlive());
    }

    private String port() {
        return String.valueOf(trainer.port());
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process.toHandle());
        return process;
    }

    /** The process whose id the shell prints. */
    private ProcessHandle announced(Process shell) throws IOException {
        long pid = Long.parseLong(shell.inputReader(StandardCharsets.UTF_8).readLine());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        started.add(process);
        return process;
    }
}
