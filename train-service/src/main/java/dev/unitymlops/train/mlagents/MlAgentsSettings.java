package dev.unitymlops.train.mlagents;

import java.time.Duration;
import java.util.List;

/**
 * How this host runs {@code mlagents-learn}.
 *
 * @param gpus CUDA device numbers or UUIDs to be handed to the slots in turn; empty: the trainer chooses itself
 * @param firstPort lowest port for players
 * @param lastPort highest port for players
 * @param playerTimeout how long the trainer waits for a player's answer, to its first one and to each step
 * @param connectTimeout how long after its start a trainer may take until a player has announced a behaviour
 * @param stallTimeout how long a trainer may be silent after that; it prints a line each {@code summary_freq} steps
 */
public record MlAgentsSettings(
        List<String> gpus,
        int firstPort,
        int lastPort,
        Duration playerTimeout,
        Duration connectTimeout,
        Duration stallTimeout) {

    public MlAgentsSettings {
        gpus = List.copyOf(gpus);
    }
}
