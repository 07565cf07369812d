package dev.unitymlops.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The three options that every service takes: {@code --config FILE}, {@code --set key=value}, {@code --help}. */
final class ServiceArguments {
    private final Map<String, String> file = new HashMap<>();
    private final Map<String, String> explicit = new HashMap<>();
    private final List<InvalidSettings.Problem> problems = new ArrayList<>();
    private boolean help;

    ServiceArguments(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String option = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--config", "--set" -> {
                    boolean joined = option.length() < argument.length();
                    String value = joined
                            ? argument.substring(equals + 1)
                            : i + 1 < arguments.size() ? arguments.get(++i) : null;
                    take(option, value);
                }
                default ->
                    problem(argument, null, "is not an option", "there are --config FILE, --set key=value and --help");
            }
        }
    }

    boolean help() {
        return help;
    }

    Settings settings(Map<String, String> environment) {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return new Settings(file, environment, explicit);
    }

    private void take(String option, @Nullable String value) {
        if (value == null) {
            problem(option, null, "has no value", "write --config FILE or --set key=value");
        } else if (option.equals("--config")) {
            load(value);
        } else {
            int equals = value.indexOf('=');
            if (equals <= 0) {
                problem(option, value, "has no key", "write --set key=value");
            } else {
                explicit.put(value.substring(0, equals).strip(), value.substring(equals + 1));
            }
        }
    }

    private void load(String path) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            problem("--config", path, "there is no such file", "name a properties file");
        } catch (IOException | IllegalArgumentException e) {
            problem("--config", path, "cannot be read: " + e.getMessage(), "name a properties file in UTF-8");
        }
        properties.stringPropertyNames().forEach(key -> file.put(key, properties.getProperty(key)));
    }

    private void problem(String field, @Nullable String value, String message, String remedy) {
        problems.add(new InvalidSettings.Problem(field, value, message, remedy));
    }
}
