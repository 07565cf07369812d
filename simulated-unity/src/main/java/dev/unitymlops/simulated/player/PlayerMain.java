package dev.unitymlops.simulated.player;

import dev.unitymlops.simulated.world.RandomPolicy;
import dev.unitymlops.simulated.world.WorldDefinition;
import dev.unitymlops.simulated.world.WorldFile;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The headless player's program: plays for the trainer at {@code --mlagents-port}, or {@code --random-policy EPISODES}. */
public final class PlayerMain {

    private static final Duration GREETING_BOUND = Duration.ofSeconds(30);

    private PlayerMain() {}

    public static void main(String[] args) throws IOException {
        int exitCode;
        try (PlayerLog log = PlayerLog.open(PlayerArguments.log(args))) {
            exitCode = run(log, args);
        }
        System.exit(exitCode);
    }

    private static int run(PlayerLog log, String... args) {
        try {
            PlayerArguments arguments = PlayerArguments.parse(args);
            WorldDefinition definition = WorldFile.read(arguments.definition());
            if (arguments.randomEpisodes().isPresent()) {
                RandomPolicy.Score score = RandomPolicy.play(
                        definition, arguments.seed(), arguments.randomEpisodes().getAsInt());
                System.out.println(score.toJson());
                return 0;
            }
            log.say("Simulated Unity player. world=" + definition.world() + " behavior=" + definition.qualifiedName());
            return play(definition, arguments.port().getAsInt(), log).exitCode();
        } catch (IllegalArgumentException | IOException refused) {
            log.say("The player cannot start: " + refused.getMessage());
            return 1;
        }
    }

    private static Outcome play(WorldDefinition definition, int port, PlayerLog log) {
        AtomicBoolean orphaned = new AtomicBoolean();
        try (TrainerLink link = TrainerLink.to(port)) {
            Player player = new Player(definition, link, log, GREETING_BOUND);
            Runnable hangUp = () -> {
                log.say("The trainer's process is no more.");
                orphaned.set(true);
                link.close();
            };
            try (AncestorWatch watch = AncestorWatch.start(player::exchanges, hangUp)) {
                Outcome outcome = player.play();
                return orphaned.get() ? Outcome.ORPHANED : outcome;
            }
        }
    }
}
