package dev.unitymlops.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code --help} prints: the table of settings, from the same code that reads them. */
public final class ServiceHelp {
    private final Service<?> service;

    public ServiceHelp(Service<?> service) {
        this.service = service;
    }

    public String text() {
        return "usage: " + service.name() + " [--config FILE]... [--set key=value]...\n\n"
                + "The later wins: defaults, --config, the environment (MLOPS_HTTP_PORT is http.port), --set.\n\n"
                + markdown();
    }

    /** The table of settings, for a README. */
    public String markdown() {
        return settings().stream()
                .map(SettingDescription::markdown)
                .collect(Collectors.joining(
                        "\n", "| key | value | default | what it says |\n|---|---|---|---|\n", "\n"));
    }

    private List<SettingDescription> settings() {
        Settings.Reader reader = Settings.of(Map.of()).reader();
        ServiceSettings.from(reader);
        try {
            reader.shape(service.config());
        } catch (InvalidSettings missing) {
            return new ArrayList<>(reader.describe());
        }
        return reader.describe();
    }
}
