package dev.unitymlops.cli.models;

import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.RegisteredVersion;
import java.util.List;
import java.util.Optional;

/** Looks at versions, with their gates as a promotion would judge them now. */
final class ViewVersion {
    private final OpenRegistry registry;

    ViewVersion(OpenRegistry registry) {
        this.registry = registry;
    }

    VersionView of(VersionName name) throws InterruptedException {
        RegisteredVersion version = registry.version(name);
        return VersionView.of(registry.word(), version, gates(version));
    }

    private List<Gates.Result> gates(RegisteredVersion version) throws InterruptedException {
        Gates gates = version.file().verdict().gates();
        return gates.judge(
                version.file().lineage().training().metrics(),
                gates.maxRegression() == null
                        ? null
                        : rival(version).map(RegisteredVersion::asProduction).orElse(null));
    }

    private Optional<RegisteredVersion> rival(RegisteredVersion version) throws InterruptedException {
        ModelHistory history = registry.history(version.parent());
        Optional<Integer> production = history.with(Aliases.PRODUCTION).filter(number -> number != version.version());
        return production.isEmpty()
                ? Optional.empty()
                : registry.ask(() -> registry.registry().version(version.parent(), production.get()));
    }
}
