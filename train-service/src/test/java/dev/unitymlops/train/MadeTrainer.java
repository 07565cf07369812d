package dev.unitymlops.train;

import dev.unitymlops.trainerenv.TrainerEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A program that takes {@code mlagents-learn}'s command line and does what a test wants. The shell functions of the
 * prologue write what the genuine one writes: {@code checkpoint STEP}, {@code finish STEP}.
 */
public final class MadeTrainer {

    private static final String PROLOGUE = """
            #!/bin/sh
            printf '%s\\n' "$@" > "$0.argv"
            while [ $# -gt 0 ]; do
              case $1 in --run-id) run=$2;; --results-dir) results=$2;; --resume) resume=1;; esac
              shift
            done
            out=$results/$run
            mkdir -p "$out/Reach" "$out/run_logs"
            connect() {
              echo '[INFO] Connected to Unity environment with package version 4.0.0 and communication version 1.5.0'
              echo '[INFO] Connected new brain: Reach?team=0'
            }
            onnx() { printf '\\072\\002\\010\\001' > "$1"; }
            checkpoint() {
              echo "weights of step $1" > "$out/Reach/Reach-$1.pt"
              cp "$out/Reach/Reach-$1.pt" "$out/Reach/checkpoint.pt"
              onnx "$out/Reach/Reach-$1.onnx"
              echo "[INFO] Exported $out/Reach/Reach-$1.onnx"
            }
            status() {
              printf '{"Reach": {"final_checkpoint": {"steps": %s}}}' "$1" > "$out/run_logs/training_status.json"
            }
            finish() {
              checkpoint "$1"
              cp "$out/Reach/Reach-$1.onnx" "$out/Reach.onnx"
              status "$1"
              printf '{"metadata": {"mlagents_version": "1.1.0", "python_version": "3.11.2 (main)"}}' \\
                > "$out/run_logs/timers.json"
              echo "[INFO] Copied $out/Reach/Reach-$1.onnx to $out/Reach.onnx."
            }
            """;

    private final Path program;

    private MadeTrainer(Path program) {
        this.program = program;
    }

    /**
     * Writes the program.
     *
     * @param body shell commands after the prologue
     */
    public static MadeTrainer of(Path home, String body) throws IOException {
        Path program = Files.writeString(home.resolve("mlagents-learn"), PROLOGUE + body);
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
        return new MadeTrainer(program);
    }

    public Optional<TrainerEnv> environment() {
        return Optional.of(new TrainerEnv(program, Optional.empty(), false));
    }

    /** The arguments of its last start, one per line. */
    public String arguments() throws IOException {
        return Files.readString(Path.of(program + ".argv"));
    }
}
