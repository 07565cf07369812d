package dev.unitymlops.cli.models;

import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.job.Suggestion;
import dev.unitymlops.registry.Registries;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.RegisteredVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The registry of a command. What is not in it is refused, with what there is instead. One thread. */
final class OpenRegistry implements AutoCloseable {
    private final Registries registries;
    private final ModelRegistry registry;

    OpenRegistry(Registries registries, ModelRegistry registry) {
        this.registries = registries;
        this.registry = registry;
    }

    ModelRegistry registry() {
        return registry;
    }

    String word() {
        return registry.word();
    }

    /** Every model, by name. */
    List<ModelHistory> all() throws InterruptedException {
        var all = new ArrayList<ModelHistory>();
        for (ParentModel parent : ask(registry::parents)) {
            ask(() -> registry.history(parent)).ifPresent(all::add);
        }
        return all;
    }

    /** @throws Refused when there is no such model */
    ModelHistory history(ParentModel parent) throws InterruptedException {
        Optional<ModelHistory> found = ask(() -> registry.history(parent));
        if (found.isPresent()) {
            return found.get();
        }
        List<String> names =
                ask(registry::parents).stream().map(ParentModel::name).toList();
        throw new Refused("There is no model " + parent.name() + " in the " + word() + " registry"
                + Suggestion.nearest(parent.name(), names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(
                                names.isEmpty()
                                        ? "; it has none yet: see --registry and --set artifacts.root."
                                        : "; mlops models list shows those there are."));
    }

    /** @throws Refused when there is no such version */
    RegisteredVersion version(VersionName name) throws InterruptedException {
        ModelHistory history = history(name.model());
        int number = number(history, name);
        return ask(() -> registry.version(name.model(), number)).orElseThrow(() -> noVersion(history, name));
    }

    private static int number(ModelHistory history, VersionName name) {
        Optional<Integer> number = name.number();
        if (number.isPresent()) {
            return number.get();
        }
        return history.with(name.version())
                .orElseThrow(() -> new Refused("No version of " + name.model().name() + " has the alias "
                        + name.version()
                        + Suggestion.nearest(name.version(), history.aliases().keySet())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; aliases: " + history.aliases() + ".")));
    }

    private static Refused noVersion(ModelHistory history, VersionName name) {
        String there = history.versions().stream()
                .map(line -> String.valueOf(line.version()))
                .collect(Collectors.joining(", "));
        return new Refused(
                "There is no version " + name.version() + " of " + name.model().name() + "; there are " + there + ".");
    }

    void approve(RegisteredVersion version, Approval approval) throws InterruptedException {
        boolean unused = ask(() -> {
            registry.approve(version.parent(), version.version(), approval);
            return true;
        });
    }

    /** @param to does not exist */
    void fetch(RegisteredVersion version, Path to) throws InterruptedException {
        boolean unused = ask(() -> {
            registry.fetch(version, to);
            return true;
        });
    }

    <T> T ask(AskRegistry.Question<T> question) throws InterruptedException {
        return AskRegistry.of(registry.word(), question);
    }

    @Override
    public void close() {
        registries.close();
    }
}
