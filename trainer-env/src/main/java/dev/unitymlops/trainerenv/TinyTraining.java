package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The smallest training that goes through everything: player, steps, update, checkpoint, ONNX export. */
final class TinyTraining {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String EXPECTED = "400 steps, exit code 0 and an .onnx file";

    private final Programs programs;
    private final Path mlagentsLearn;
    private final List<String> player;

    TinyTraining(Programs programs, Path mlagentsLearn, List<String> player) {
        this.programs = programs;
        this.mlagentsLearn = mlagentsLearn;
        this.player = player;
    }

    /** @param scratch an empty folder; everything is written there */
    Finding run(Path scratch) throws IOException, InterruptedException {
        var settings = Files.writeString(scratch.resolve("tiny.yaml"), LockFile.resource("tiny-training.yaml"));
        var outcome = programs.run(command(settings, scratch), scratch, LIMIT, line -> {});
        if (!outcome.ok()) {
            return Finding.bad(
                    "training",
                    FailedRun.found(outcome),
                    EXPECTED,
                    FailedRun.remedy(outcome, "look at what the trainer said last:\n" + outcome.lastLines()));
        }
        return exported(scratch.resolve("results/check"))
                ? Finding.good("training", "400 steps, exported", EXPECTED)
                : Finding.bad(
                        "training",
                        "exit code 0, but no .onnx file",
                        EXPECTED,
                        FailedRun.remedy(outcome, "look at what the trainer said last:\n" + outcome.lastLines()));
    }

    private List<String> command(Path settings, Path scratch) throws IOException {
        return List.of(
                mlagentsLearn.toString(),
                settings.toString(),
                "--run-id",
                "check",
                "--results-dir",
                scratch.resolve("results").toString(),
                "--env",
                playerScript(scratch).toString(),
                "--base-port",
                String.valueOf(freePort()),
                "--seed",
                "1",
                "--timeout-wait",
                "30",
                "--no-graphics");
    }

    /** The trainer starts a file without arguments of ours; the player takes the script's place, so that the trainer is its parent. */
    private Path playerScript(Path scratch) throws IOException {
        var words = player.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        var script = Files.writeString(scratch.resolve("player"), "#!/bin/sh\nexec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /** Free now; the trainer binds it some seconds later, so that another process could still come between. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean exported(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            return false;
        }
        try (var models = Files.newDirectoryStream(results, "*.onnx")) {
            for (var model : models) {
                return Files.size(model) > 0;
            }
        }
        return false;
    }
}
