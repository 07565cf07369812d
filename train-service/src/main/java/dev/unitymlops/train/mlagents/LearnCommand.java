package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.RlConfig;
import dev.unitymlops.train.trainer.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of {@code mlagents-learn} ({@code cli_utils.py}). Every path is absolute: a relative one would be
 * taken from the trainer's working directory. There is never a {@code --force}: an attempt's results folder is its own
 * and holds at most what it resumes from.
 */
final class LearnCommand {

    /** Folder for results below the training's directory. */
    static final String RESULTS = "results";

    private LearnCommand() {}

    /** Folder that the trainer makes its run folders in. */
    static Path results(Training training) {
        return training.directory().resolve(RESULTS).toAbsolutePath().normalize();
    }

    /**
     * @param learn the executable
     * @param basePort port of the first player
     * @param graphics whether players may need a display (a camera sensor)
     */
    static List<String> argv(
            String learn, Training training, MlAgentsSettings settings, Start start, int basePort, boolean graphics) {
        RlConfig config = training.job().getRlConfig();
        List<String> argv = new ArrayList<>(List.of(learn, absolute(training.configFile())));
        add(argv, "--run-id", training.job().getJobId());
        add(argv, "--results-dir", results(training).toString());
        add(argv, "--env", absolute(training.player()));
        add(argv, "--num-envs", String.valueOf(config.getNumEnvs()));
        add(argv, "--time-scale", String.valueOf(config.getTimeScale()));
        add(argv, "--seed", String.valueOf(config.getSeed()));
        add(argv, "--base-port", String.valueOf(basePort));
        add(argv, "--timeout-wait", String.valueOf(settings.playerTimeout().toSeconds()));
        if (!graphics) {
            argv.add("--no-graphics");
        }
        switch (start) {
            case Start.Fresh fresh -> {}
            case Start.From from -> add(argv, "--initialize-from", from.runId());
            case Start.Resume resume -> argv.add("--resume");
        }
        if (!settings.gpus().isEmpty()) {
            add(argv, "--torch-device", "cuda");
        }
        argv.addAll(config.getExtraArgs());
        return argv;
    }

    private static void add(List<String> argv, String flag, String value) {
        argv.add(flag);
        argv.add(value);
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
