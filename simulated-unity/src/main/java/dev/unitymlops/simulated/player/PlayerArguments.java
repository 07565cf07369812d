package dev.unitymlops.simulated.player;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A Unity player's command line, as far as this player heeds it. Like a Unity player it passes over arguments that it does
 * not know: a trainer's environment arguments are any words.
 *
 * @param definition the world's definition, {@code --definition FILE}; the built start script gives it
 * @param port the trainer's, {@code --mlagents-port N}
 * @param log {@code -logFile FILE}; null: standard output
 * @param randomEpisodes {@code --random-policy N}: play so many episodes at random instead of calling a trainer
 * @param seed {@code --seed N}, of the random policy; a trainer sends its own
 */
record PlayerArguments(
        Path definition, OptionalInt port, @Nullable Path log, OptionalInt randomEpisodes, long seed) {

    /** @throws IllegalArgumentException naming every argument that is missing or no number */
    static PlayerArguments parse(String... args) {
        List<String> problems = new ArrayList<>();
        String definition = after("--definition", args);
        if (definition == null) {
            problems.add("--definition FILE is missing: the world's definition.");
        }
        OptionalInt port = number("--mlagents-port", args, problems);
        OptionalInt episodes = number("--random-policy", args, problems);
        OptionalInt seed = number("--seed", args, problems);
        if (port.isEmpty() && episodes.isEmpty()) {
            problems.add("--mlagents-port N is missing: a headless player has nothing to do without a trainer"
                    + " (or play at random: --random-policy EPISODES --seed N).");
        }
        if (definition == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        return new PlayerArguments(Path.of(definition), port, log(args), episodes, seed.orElse(0));
    }

    /** Where the log goes, also when other arguments are wrong. */
    static @Nullable Path log(String... args) {
        String file = after("-logFile", args);
        return file == null || file.equals("-") ? null : Path.of(file);
    }

    private static @Nullable String after(String flag, String... args) {
        for (int index = 0; index + 1 < args.length; index++) {
            if (args[index].equalsIgnoreCase(flag)) {
                return args[index + 1];
            }
        }
        return null;
    }

    private static OptionalInt number(String flag, String[] args, List<String> problems) {
        String text = after(flag, args);
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            problems.add(flag + " is '" + text + "'; it must be a whole number.");
            return OptionalInt.empty();
        }
    }
}
