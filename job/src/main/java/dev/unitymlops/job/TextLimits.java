package dev.unitymlops.job;

import dev.unitymlops.events.TrainingJob;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Sizes and characters of every text of a job, wherever it stands. A job rides along in every event, and a Kafka record
 * holds 1 MiB by default; control characters have no business in anything that is written to C#, YAML or a log.
 */
final class TextLimits {
    private static final int MOST_CHARACTERS = 8 << 10;
    private static final int MOST_ENTRIES = 256;
    private static final int MOST_IN_ALL = 512 << 10;

    private static final Map<String, Integer> LONGER = Map.of(
            "asset_spec.description", 32 << 10,
            "asset_spec.observation_space", 32 << 10,
            "asset_spec.action_space", 32 << 10,
            "asset_spec.hints", 32 << 10,
            "asset_spec.reward_spec", 32 << 10,
            "rl_config.trainer_config", 64 << 10,
            "behaviour_source.content", 256 << 10);

    private final Findings findings;
    private long characters;

    private TextLimits(Findings findings) {
        this.findings = findings;
    }

    static void check(TrainingJob job, Findings findings) {
        TextLimits limits = new TextLimits(findings);
        limits.record("", job);
        if (limits.characters > MOST_IN_ALL) {
            findings.problem(
                    ReadTree.WHOLE,
                    limits.characters,
                    "holds more than " + MOST_IN_ALL + " characters of text",
                    "Hand large sources over by behaviour_source.uri.");
        }
    }

    private void record(String prefix, IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                value(prefix + field.name(), value);
            }
        }
    }

    private void value(String path, Object value) {
        switch (value) {
            case CharSequence text -> text(path, text.toString());
            case IndexedRecord record -> record(path + ".", record);
            case Collection<?> values -> values(path, values);
            case Map<?, ?> map -> {
                count(path, map.size());
                map.forEach((key, entry) -> {
                    text(path, key.toString());
                    value(path + "." + key, entry);
                });
            }
            default -> {}
        }
    }

    private void values(String path, Collection<?> values) {
        count(path, values.size());
        int index = 0;
        for (Object value : values) {
            value(path + "[" + index++ + "]", value);
        }
    }

    private void count(String path, int entries) {
        if (entries > MOST_ENTRIES) {
            findings.problem(path, entries, "has more than " + MOST_ENTRIES + " entries", "Give fewer.");
        }
    }

    private void text(String path, String text) {
        characters += text.length();
        int most = LONGER.getOrDefault(path, MOST_CHARACTERS);
        if (text.length() > most) {
            findings.problem(path, text, "is longer than " + most + " characters", "Shorten it.");
        }
        OptionalInt bad = text.codePoints().filter(TextLimits::isBad).findFirst();
        if (bad.isPresent()) {
            findings.problem(
                    path,
                    text,
                    String.format("holds the character U+%04X, which is not text", bad.getAsInt()),
                    "Remove it; of control characters only tab and line ends are allowed.");
        }
    }

    private static boolean isBad(int codePoint) {
        boolean control = Character.isISOControl(codePoint) && "\t\n\r".indexOf(codePoint) < 0;
        return control || Character.getType(codePoint) == Character.SURROGATE;
    }
}
