package dev.unitymlops.train;

import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.StageConfig;
import dev.unitymlops.train.mlagents.MlAgentsSettings;
import dev.unitymlops.trainerenv.TrainerEnvSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of train-service.
 *
 * @param stage those of every stage
 * @param mlagents how this host runs {@code mlagents-learn}
 * @param trainerEnv where its Python environment is
 */
public record TrainConfig(StageConfig stage, MlAgentsSettings mlagents, TrainerEnvSettings trainerEnv) {

    private static final int LEAST_PORT = 1024;
    private static final int MOST_PORT = 65_535;

    public static TrainConfig from(Settings.Reader s) {
        return new TrainConfig(StageConfig.from(s), mlagents(s), trainerEnv(s));
    }

    private static MlAgentsSettings mlagents(Settings.Reader s) {
        var settings = new MlAgentsSettings(
                s.key("train.gpus", "CUDA devices for the slots in turn, numbers or UUIDs; empty: the trainer chooses.")
                        .list(List.of()),
                s.key("train.first-port", "Lowest TCP port for players.").count(15_008, LEAST_PORT, MOST_PORT),
                s.key("train.last-port", "Highest TCP port for players.").count(29_999, LEAST_PORT, MOST_PORT),
                s.key("train.player-timeout", "How long a player may take for an answer, the first one included.")
                        .duration(Duration.ofSeconds(30)),
                s.key("train.connect-timeout", "How long a trainer may take until a player announced a behaviour.")
                        .duration(Duration.ofMinutes(5)),
                s.key("train.stall-timeout", "How long a trainer may print nothing after that.")
                        .duration(Duration.ofHours(2)));
        if (settings.lastPort() <= settings.firstPort()) {
            s.problem(
                    "train.last-port",
                    String.valueOf(settings.lastPort()),
                    "is not above train.first-port",
                    "write a port above " + settings.firstPort());
        }
        return settings;
    }

    private static TrainerEnvSettings trainerEnv(Settings.Reader s) {
        var cache = s.key("cache.dir", "Folder whose trainer-env/ holds the environments made by `mlops trainer-env`.")
                .optionalPath();
        var folder = s.key("trainer.env", "A virtual environment of your own with mlagents in it; empty: the cache's.")
                .optionalPath();
        var learn = s.key("train.mlagents-learn", "The mlagents-learn executable itself; wins over trainer.env.")
                .env("MLAGENTS_LEARN")
                .optionalPath();
        return new TrainerEnvSettings(
                cache == null
                        ? TrainerEnvSettings.from(System.getenv()).home()
                        : cache.toAbsolutePath().resolve("trainer-env"),
                Optional.ofNullable(folder),
                Optional.ofNullable(learn));
    }
}
