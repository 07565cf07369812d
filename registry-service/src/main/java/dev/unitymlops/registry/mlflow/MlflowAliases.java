package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.registration.AliasMove;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The aliases of one registered model, by our names. MLflow gives each to one version at most, cannot compare and set,
 * and takes them away with a deleted version. Thread-safe.
 */
final class MlflowAliases {

    /** MLflow keeps {@code latest} for itself: there it is the highest number, rejected or not. */
    private static final String LATEST = "latest-accepted";

    /** So often at most do others register in the same moment. */
    private static final int TRIES = 100;

    private final MlflowModel model;

    MlflowAliases(MlflowModel model) {
        this.model = model;
    }

    /** Version by alias; empty when there is no such model. */
    Optional<Map<String, Integer>> all() throws StageFailure, IOException, InterruptedException {
        return model.aliases().map(theirs -> {
            Map<String, Integer> ours = new TreeMap<>();
            theirs.forEach((alias, version) -> ours.put(alias.equals(LATEST) ? Aliases.LATEST : alias, version));
            return ours;
        });
    }

    /** Those of a version, in alphabetical order. */
    static List<String> of(int version, Map<String, Integer> all) {
        return all.entrySet().stream()
                .filter(alias -> alias.getValue() == version)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Gives {@code latest}, or {@code rejected}, to the highest version that it fits, and returns all aliases. Whoever
     * gives it looks again afterwards, so that the last one to give it gives it to the right version, also when many
     * register at once.
     */
    Map<String, Integer> kept(boolean rejected) throws StageFailure, IOException, InterruptedException {
        String alias = rejected ? Aliases.REJECTED : Aliases.LATEST;
        for (int i = 0; i < TRIES; i++) {
            Optional<Integer> wanted = model.last(rejected);
            Map<String, Integer> all = all().orElse(Map.of());
            if (wanted.isEmpty() || wanted.get().equals(all.get(alias))) {
                return all;
            }
            boolean unused = give(alias, wanted.get());
        }
        throw new IOException("others register versions of " + model.name() + " all the time");
    }

    /** Gives one version's aliases to another. */
    void inherit(int from, int to) throws StageFailure, IOException, InterruptedException {
        for (String alias : of(from, all().orElse(Map.of()))) {
            boolean unused = give(alias, to);
        }
    }

    /**
     * Moves aliases one after the other; all are compared before.
     *
     * @return false, with nothing moved, when one is not where a move says or is to go to a version that there is not
     */
    boolean move(List<AliasMove> moves) throws StageFailure, IOException, InterruptedException {
        Map<String, Integer> planned = all().orElse(Map.of());
        for (AliasMove move : moves) {
            if (!Objects.equals(planned.get(move.alias()), move.from())
                    || model.find(move.to()).isEmpty()) {
                return false;
            }
            planned.put(move.alias(), move.to());
        }
        for (AliasMove move : moves) {
            if (!give(move.alias(), move.to())) {
                throw new IOException(
                        model.resource(move.to()) + " was deleted while it got the alias " + move.alias());
            }
        }
        return true;
    }

    private boolean give(String alias, int version) throws StageFailure, IOException, InterruptedException {
        return model.alias(alias.equals(Aliases.LATEST) ? LATEST : alias, version);
    }
}
