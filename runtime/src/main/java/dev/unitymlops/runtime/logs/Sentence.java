package dev.unitymlops.runtime.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log line of ours taken apart again: {@code "An attempt failed jobId={} stage={}"} is a sentence and its pairs.
 *
 * @param text without the pairs, so that equal events have equal texts
 * @param pairs by name, in their order
 */
record Sentence(String text, Map<String, @Nullable Object> pairs) {

    /** A pair with blanks before it, or a bare place for an argument. */
    private static final Pattern PLACE = Pattern.compile("\\s*\\b(\\w+)=(\"?)\\{}\\2|\\{}");

    /** @param arguments null when there are none */
    static Sentence of(String template, @Nullable Object @Nullable [] arguments) {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        Matcher place = PLACE.matcher(template);
        int next = 0;
        while (arguments != null && next < arguments.length && place.find()) {
            Object argument = arguments[next++];
            String name = place.group(1);
            if (name == null) {
                place.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(argument)));
            } else {
                place.appendReplacement(text, "");
                pairs.put(name, argument);
            }
        }
        place.appendTail(text);
        return new Sentence(text.toString().strip(), pairs);
    }
}
