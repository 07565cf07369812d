package dev.unitymlops.train;

import dev.unitymlops.runtime.Settings;
import dev.unitymlops.train.mlagents.MlAgentsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the train stage beside those that every stage has.
 *
 * @param mlagentsLearn the executable; null: that of {@code trainerEnv}
 * @param trainerEnv folder of the Python environment; null: the one in the user's cache
 */
public record TrainConfig(
        MlAgentsSettings mlagents,
        @Nullable Path mlagentsLearn,
        @Nullable Path trainerEnv) {

    private static final int LEAST_PORT = 1024;
    private static final int MOST_PORT = 65_535;

    public static TrainConfig from(Settings.Reader s) {
        return new TrainConfig(
                mlagents(s),
                s.key("train.mlagents-learn", "The mlagents-learn executable; empty: that of trainer.env.")
                        .env("MLAGENTS_LEARN")
                        .optionalPath(),
                s.key("trainer.env", "Folder of the trainer's Python environment; empty: the one in the user's cache.")
                        .optionalPath());
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
}
