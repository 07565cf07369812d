package dev.unitymlops.cli.models;

import dev.unitymlops.registry.registration.ModelHistory;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model as {@code --json} shows it in a list.
 *
 * @param aliases version by alias
 * @param lastMeanReward of its last version; null where nobody told
 * @param lastRegisteredAt of its last version
 */
record ModelRow(
        String registry,
        String model,
        int versions,
        Map<String, Integer> aliases,
        @Nullable Double lastMeanReward,
        @Nullable String lastRegisteredAt) {
    static ModelRow of(String registry, ModelHistory history) {
        Optional<ModelHistory.Line> last = history.versions().stream().reduce((earlier, later) -> later);
        return new ModelRow(
                registry,
                history.parent().name(),
                history.versions().size(),
                history.aliases(),
                last.map(ModelHistory.Line::meanReward).orElse(null),
                last.map(ModelHistory.Line::registeredAt).orElse(null));
    }

    /** For people. */
    String shownAliases() {
        return aliases.isEmpty()
                ? "-"
                : aliases.entrySet().stream()
                        .map(alias -> alias.getKey() + "=" + alias.getValue())
                        .collect(Collectors.joining(" "));
    }
}
