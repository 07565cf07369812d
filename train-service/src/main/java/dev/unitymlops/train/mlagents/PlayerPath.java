package dev.unitymlops.train.mlagents;

import dev.unitymlops.stage.StageFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code --env} finds a player. ML-Agents removes {@code .app}, {@code .exe}, {@code .x86_64} and {@code .x86}
 * wherever they stand in the path, takes the rest as a glob pattern and then tries it with {@code .x86_64}, with
 * {@code .x86} and as it is ({@code validate_environment_path} of {@code env_utils.py}, its Linux part).
 */
final class PlayerPath {

    private static final List<String> REMOVED = List.of(".app", ".exe", ".x86_64", ".x86");
    private static final List<String> TRIED = List.of(".x86_64", ".x86", "");

    private PlayerPath() {}

    /**
     * Refuses a path that ML-Agents would not start, and names what is wrong with it.
     *
     * @param player absolute path of the executable
     */
    static void check(Path player) throws StageFailure {
        List<String> problems = new ArrayList<>();
        if (!Files.isRegularFile(player)) {
            problems.add("the player's archive holds no file " + player.getFileName());
        } else if (!Files.isExecutable(player)) {
            problems.add("the player " + player.getFileName() + " has no permission to be executed; build it again");
        }
        if (player.toString().matches(".*[*?\\[\\]].*")) {
            problems.add(
                    "ML-Agents takes '*', '?', '[' and ']' in the path of a player for wildcards; rename the player"
                            + " or its folder: " + player);
        } else if (problems.isEmpty() && !player.equals(started(player))) {
            problems.add("ML-Agents removes " + String.join(", ", REMOVED) + " from the path of a player wherever they"
                    + " stand and would not find it; rename the player or its folder: " + player);
        }
        if (!problems.isEmpty()) {
            throw StageFailure.user(problems.toArray(String[]::new));
        }
    }

    /** What ML-Agents would start for this path; the bare path when it would find nothing. */
    private static Path started(Path player) {
        String bare = player.toString();
        for (String removed : REMOVED) {
            bare = bare.replace(removed, "");
        }
        for (String suffix : TRIED) {
            Path candidate = Path.of(bare + suffix);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return Path.of(bare);
    }
}
