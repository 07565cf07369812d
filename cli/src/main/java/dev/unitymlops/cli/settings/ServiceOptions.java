package dev.unitymlops.cli.settings;

import dev.unitymlops.runtime.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options by which the services of this process are configured, as each is when it runs on its own. */
public final class ServiceOptions {
    @Option(
            names = "--set",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY=VALUE",
            description = "A setting of the services, such as unity.executable=/opt/Unity; as often as needed.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Settings of the services, a properties file; as often as needed.")
    private List<String> config = new ArrayList<>();

    /** What the user says that a setting is, with {@code --set} or in the environment. */
    public Optional<String> value(String key, Map<String, String> environment) {
        return set.stream()
                .filter(setting -> setting.startsWith(key + "="))
                .reduce((earlier, later) -> later)
                .map(setting -> setting.substring(key.length() + 1))
                .or(() -> Optional.ofNullable(environment.get(variable(key))));
    }

    /** Whether the user names a trainer, so that none has to be made. */
    public boolean nameTrainer() {
        return set.stream().anyMatch(setting -> setting.matches("(trainer\\.env|train\\.mlagents-learn)=.+"));
    }

    /**
     * The settings.
     *
     * @param fixed what this process itself decides, such as where its broker is
     * @param defaults what holds unless the user says something else
     */
    public Settings settings(Map<String, String> environment, Map<String, String> fixed, Map<String, String> defaults) {
        var arguments = new ArrayList<String>();
        config.forEach(file -> arguments.addAll(List.of("--config", file)));
        var explicit = new HashMap<>(defaults);
        explicit.keySet().removeIf(key -> environment.containsKey(variable(key)));
        explicit.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        set.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return Settings.fromArguments(arguments, environment).with(fixed);
    }

    private static String variable(String key) {
        return "MLOPS_" + key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
