package dev.unitymlops.system.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A compose file with the variables of the shell unset. */
final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+(?::-([^}]*)|:\\?[^}]*)}");

    private final Map<String, Map<String, Object>> services;

    private ComposeFile(Map<String, Map<String, Object>> services) {
        this.services = services;
    }

    @SuppressWarnings("unchecked")
    static ComposeFile at(Path file) {
        try {
            Map<?, ?> root =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return new ComposeFile((Map<String, Map<String, Object>>) merged(root.get("services")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands under a service's name; nothing where this file does not have it. */
    Map<String, Object> service(String name) {
        return services.getOrDefault(name, Map.of());
    }

    /** The stage of the Dockerfile that it is made of. */
    Object target(String service) {
        return ((Map<?, ?>) service(service).get("build")).get("target");
    }

    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        ((Map<?, ?>) service(service).getOrDefault("environment", Map.of()))
                .forEach((name, value) -> environment.put((String) name, substituted(String.valueOf(value))));
        return environment;
    }

    private static String substituted(String value) {
        return VARIABLE.matcher(value).replaceAll(variable -> variable.group(1) == null ? "" : variable.group(1));
    }

    /** With merge keys, which Compose has of YAML 1.1. */
    private static Object merged(Object node) {
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        Map<Object, Object> merged = new LinkedHashMap<>();
        if (map.get("<<") instanceof Map<?, ?> base) {
            merged.putAll((Map<?, ?>) merged(base));
        }
        map.forEach((key, value) -> merged.put(key, merged(value)));
        merged.remove("<<");
        return merged;
    }
}
