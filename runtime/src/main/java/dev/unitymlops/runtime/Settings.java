package dev.unitymlops.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One immutable bag of settings, key to text: defaults of the code, then {@code --config FILE} (properties), then the
 * environment ({@code MLOPS_WORKER_SLOTS} is {@code worker.slots}), then {@code --set key=value}; the later wins.
 *
 * <p>A service makes its configuration record with {@code static BuildConfig from(Settings.Reader s)}; the keys that it
 * reads are the keys that exist, all others are refused.
 */
public final class Settings {
    private static final Pattern SECRET =
            Pattern.compile(".*(password|secret|token|credential|sasl\\.jaas\\.config|user\\.info|private\\.?key).*");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Map<String, String> explicit;

    Settings(Map<String, String> file, Map<String, String> environment, Map<String, String> explicit) {
        this.file = Map.copyOf(file);
        this.environment = Map.copyOf(environment);
        this.explicit = Map.copyOf(explicit);
    }

    /** Exactly these values; the environment is not looked at. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.of(), Map.of(), values);
    }

    /**
     * Reads {@code --config FILE} and {@code --set key=value}, each any number of times.
     *
     * @throws InvalidSettings when an argument is not understood or a file cannot be read
     */
    public static Settings fromArguments(List<String> arguments, Map<String, String> environment) {
        return new ServiceArguments(arguments).settings(environment);
    }

    /** These settings with some values set as {@code --set} would. */
    public Settings with(Map<String, String> values) {
        var merged = new HashMap<>(explicit);
        merged.putAll(values);
        return new Settings(file, environment, merged);
    }

    /**
     * Makes a configuration record.
     *
     * @throws InvalidSettings with every problem found, unknown keys included
     */
    public <T> T read(Function<Reader, T> shape) {
        var reader = reader();
        T read = reader.shape(shape);
        reader.finish();
        return read;
    }

    /** For several records that share one bag: read them all from one reader, then {@link Reader#finish()}. */
    public Reader reader() {
        return new Reader(this);
    }

    static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }

    static String environmentName(String key) {
        return "MLOPS_" + key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    @Nullable
    String find(String key, List<String> legacyVariables) {
        String value = explicit.get(key);
        if (value == null) {
            value = environment.get(environmentName(key));
        }
        for (int i = 0; value == null && i < legacyVariables.size(); i++) {
            value = environment.get(legacyVariables.get(i));
        }
        return value != null ? value : file.get(key);
    }

    /** What stands under a prefix, the prefix cut off; from the environment with {@code _} for each dot. */
    Map<String, String> under(String prefix) {
        var found = new TreeMap<String, String>();
        putUnder(prefix, file, found);
        String variables = environmentName(prefix);
        environment.forEach((name, value) -> {
            if (name.startsWith(variables)) {
                found.put(
                        name.substring(variables.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        putUnder(prefix, explicit, found);
        return found;
    }

    private static void putUnder(String prefix, Map<String, String> from, Map<String, String> into) {
        from.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                into.put(key.substring(prefix.length()), value);
            }
        });
    }

    /** Keys that somebody wrote down; variables of the environment are not among them. */
    Set<String> writtenKeys() {
        var keys = new TreeSet<>(file.keySet());
        keys.addAll(explicit.keySet());
        return keys;
    }

    /** Variables that look like ours. */
    Set<String> variables() {
        var names = new TreeSet<String>();
        environment.keySet().stream().filter(name -> name.startsWith("MLOPS_")).forEach(names::add);
        return names;
    }

    /** Hands out values and collects what is wrong with them. One thread, one use. */
    public static final class Reader {
        private final Settings settings;
        private final List<InvalidSettings.Problem> problems = new ArrayList<>();
        private final Map<String, SettingDescription> known = new TreeMap<>();
        private final Map<String, String> effective = new TreeMap<>();
        private final Set<String> prefixes = new TreeSet<>();
        private boolean cutShort;

        private Reader(Settings settings) {
            this.settings = settings;
        }

        /**
         * Names a setting; what follows says how it is read.
         *
         * @param says one sentence for the table of settings, with the unit
         */
        public Setting key(String key, String says) {
            return new Setting(this, key, says);
        }

        /**
         * All that stands under a prefix such as {@code kafka.}, untouched, the prefix cut off. In the environment
         * {@code MLOPS_KAFKA_SECURITY_PROTOCOL} is {@code kafka.security.protocol}.
         */
        public Map<String, String> prefixed(String prefix, String says) {
            prefixes.add(prefix);
            known.put(prefix + "*", new SettingDescription(prefix + "*", "text", "", says, List.of()));
            var found = settings.under(prefix);
            found.forEach((key, value) -> show(prefix + key, value));
            return Map.copyOf(found);
        }

        /** Tells of something wrong that the reader itself cannot see, such as two settings that do not go together. */
        public void problem(String key, @Nullable String value, String message, String remedy) {
            problems.add(new InvalidSettings.Problem(
                    key, value != null && isSecret(key) ? SettingDescription.HIDDEN : value, message, remedy));
        }

        /** Every setting that was asked for so far, by key. */
        public List<SettingDescription> describe() {
            return List.copyOf(known.values());
        }

        /** The values in effect, defaults included, secrets hidden. */
        public Map<String, String> effective() {
            return new TreeMap<>(effective);
        }

        /**
         * Makes a record; one that refuses the stand-in for a missing value is not the problem to report.
         *
         * @throws InvalidSettings when the record cannot be made for a problem that {@link #finish()} tells as well
         */
        public <T> T shape(Function<Reader, T> shape) {
            try {
                return shape.apply(this);
            } catch (IllegalArgumentException | NullPointerException refused) {
                if (problems.isEmpty()) {
                    throw refused;
                }
                cutShort = true;
                throw new InvalidSettings(problems);
            }
        }

        /**
         * Ends the reading.
         *
         * @throws InvalidSettings with every problem, unknown keys included unless a record was cut short
         */
        public void finish() {
            for (String key : settings.writtenKeys()) {
                if (!cutShort && !known.containsKey(key) && prefixes.stream().noneMatch(key::startsWith)) {
                    problem(key, null, "there is no such setting", Nearest.remedy(key, known.keySet()));
                }
            }
            if (!problems.isEmpty()) {
                throw new InvalidSettings(problems);
            }
        }

        /** Variables of the environment that look like settings and are none, each with what may have been meant. */
        public Map<String, String> unknownVariables() {
            var variables = new TreeMap<String, String>();
            known.keySet().forEach(key -> variables.put(environmentName(key), key));
            var unknown = new TreeMap<String, String>();
            for (String name : settings.variables()) {
                boolean reserved = name.startsWith("MLOPS_LOG_");
                boolean passed = prefixes.stream().anyMatch(prefix -> name.startsWith(environmentName(prefix)));
                if (!variables.containsKey(name) && !passed && !reserved) {
                    unknown.put(name, Nearest.remedy(name, variables.keySet()));
                }
            }
            return unknown;
        }

        void learn(SettingDescription description) {
            known.put(description.key(), description);
        }

        void show(String key, String value) {
            effective.put(key, isSecret(key) ? SettingDescription.HIDDEN : KafkaSettings.withoutUserInfo(value));
        }

        void showHidden(String key) {
            effective.put(key, SettingDescription.HIDDEN);
        }

        @Nullable
        String find(String key, List<String> legacyVariables) {
            return settings.find(key, legacyVariables);
        }
    }
}
