package dev.unitymlops.runtime;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One setting on its way from text to a value. The last call names the type and reads it; a value that is missing or
 * wrong is told to the reader and a stand-in is returned, so that the next problems are found as well.
 */
public final class Setting {
    private static final String REQUIRED = "required";

    private final Settings.Reader reader;
    private final String key;
    private final String says;
    private final List<String> variables = new ArrayList<>();
    private boolean secret;

    Setting(Settings.Reader reader, String key, String says) {
        this.reader = reader;
        this.key = key;
        this.says = says;
        this.secret = Settings.isSecret(key);
    }

    /** A further variable of the environment that gives the value, such as {@code UNITY_EXECUTABLE}. */
    public Setting env(String variable) {
        variables.add(variable);
        return this;
    }

    /** Never shown, neither in the log nor in a problem. */
    public Setting secret() {
        secret = true;
        return this;
    }

    /** A text that must be given. */
    public String text() {
        return required("text", "", text -> text);
    }

    public String text(String fallback) {
        return given("text", fallback, fallback, text -> text);
    }

    /** A text, or null when it is not given. */
    public @Nullable String optionalText() {
        return optional("text", text -> text);
    }

    public boolean flag(boolean fallback) {
        return given("true or false", String.valueOf(fallback), fallback, Setting::parseFlag);
    }

    /** A whole number within both bounds. */
    public int count(int fallback, int least, int most) {
        return (int) number(fallback, least, most);
    }

    /** A whole number within both bounds. */
    public long number(long fallback, long least, long most) {
        String kind = least + ".." + most;
        return given(kind, String.valueOf(fallback), fallback, text -> parseNumber(text, least, most));
    }

    /** A time: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}, ISO-8601 or plain seconds. */
    public Duration duration(Duration fallback) {
        return given("duration", Durations.text(fallback), fallback, Durations::parse);
    }

    /** An amount of memory or disk: {@code 512MiB}, {@code 2GiB} or plain bytes. */
    public long bytes(long fallback) {
        return given("bytes", Bytes.text(fallback), fallback, Bytes::parse);
    }

    /** Texts between commas, trimmed; empty ones are left out. */
    public List<String> list(List<String> fallback) {
        return given("list", String.join(",", fallback), fallback, Setting::parseList);
    }

    public Path path(Path fallback) {
        return given("path", fallback.toString(), fallback, Setting::parsePath);
    }

    /** A path, or null when it is not given. */
    public @Nullable Path optionalPath() {
        return optional("path", Setting::parsePath);
    }

    /** One of a closed set, written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(Class<E> choices, E fallback) {
        String kind =
                Arrays.stream(choices.getEnumConstants()).map(Setting::written).collect(Collectors.joining(", "));
        return given("one of " + kind, written(fallback), fallback, text -> parseChoice(text, choices, kind));
    }

    private <T> T required(String kind, T standIn, Function<String, T> parse) {
        learn(kind, REQUIRED);
        String text = found();
        if (text == null) {
            reader.problem(key, null, "is missing", "set it: --set " + key + "=..., or " + variable());
            return standIn;
        }
        return parsed(text, standIn, parse);
    }

    private <T> T given(String kind, String fallbackText, T fallback, Function<String, T> parse) {
        learn(kind, fallbackText);
        String text = found();
        if (text == null) {
            show(fallbackText);
            return fallback;
        }
        return parsed(text, fallback, parse);
    }

    private <T> @Nullable T optional(String kind, Function<String, T> parse) {
        learn(kind, "");
        String text = found();
        return text == null ? null : parsedOrNull(text, parse);
    }

    private <T> T parsed(String text, T standIn, Function<String, T> parse) {
        T value = parsedOrNull(text, parse);
        return value == null ? standIn : value;
    }

    private <T> @Nullable T parsedOrNull(String text, Function<String, T> parse) {
        show(text);
        try {
            return parse.apply(text);
        } catch (UnreadableValue e) {
            reader.problem(key, secret ? SettingDescription.HIDDEN : text, e.problem, e.remedy);
            return null;
        }
    }

    /** An empty text counts as not given, as in a Compose file with {@code ${NAME:-}}. */
    private @Nullable String found() {
        String text = reader.find(key, variables);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private void learn(String kind, String fallback) {
        reader.learn(new SettingDescription(key, kind, fallback, says, variables));
    }

    private void show(String text) {
        if (secret) {
            reader.showHidden(key);
        } else {
            reader.show(key, text);
        }
    }

    private String variable() {
        return variables.isEmpty() ? Settings.environmentName(key) : variables.getFirst();
    }

    private static Boolean parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new UnreadableValue("is neither true nor false", "write true or false");
        };
    }

    private static Long parseNumber(String text, long least, long most) {
        String remedy = "write a whole number from " + least + " to " + most;
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UnreadableValue("is not a whole number", remedy);
        }
        if (number < least || number > most) {
            throw new UnreadableValue("is out of range", remedy);
        }
        return number;
    }

    private static List<String> parseList(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Path parsePath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UnreadableValue("is not a path: " + e.getReason(), "write a path of this machine");
        }
    }

    private static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E parseChoice(String text, Class<E> choices, String kind) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> written(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UnreadableValue("is none of the choices", "write one of " + kind));
    }

    /** A text that is not of the wanted kind. */
    public static final class UnreadableValue extends RuntimeException {
        private final String problem;
        private final String remedy;

        UnreadableValue(String problem, String remedy) {
            super(problem + ": " + remedy, null, false, false);
            this.problem = problem;
            this.remedy = remedy;
        }
    }
}
