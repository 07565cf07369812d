package dev.unitymlops.build.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The one place where text of a job becomes C#. */
final class CSharpText {

    private static final int COLUMNS = 110;

    private CSharpText() {}

    /**
     * The text as line comments, wrapped. Whatever C# takes for the end of a line, and whatever would show a reader
     * something else than the compiler sees (bidirectional controls), becomes a space, so no text leaves its comment.
     */
    static String comment(String label, String text) {
        String line = visible(label + ": " + text);
        return wrapped(line).stream().map(part -> "// " + part + "\n").collect(Collectors.joining());
    }

    /** A C# string literal with its quotes; all but printable ASCII is escaped. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"' || character == '\\') {
                literal.append('\\').append(character);
            } else if (character >= ' ' && character <= '~') {
                literal.append(character);
            } else {
                literal.append(String.format("\\u%04x", (int) character));
            }
        }
        return literal.append('"').toString();
    }

    private static String visible(String text) {
        return text.codePoints()
                .map(point -> isVisible(point) ? point : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip()
                .replaceAll(" {2,}", " ");
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static List<String> wrapped(String line) {
        List<String> parts = new ArrayList<>();
        String rest = line;
        while (rest.length() > COLUMNS) {
            int at = rest.lastIndexOf(' ', COLUMNS);
            int end =
                    at > 0 ? at : rest.offsetByCodePoints(0, Math.min(COLUMNS, rest.codePointCount(0, rest.length())));
            parts.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        parts.add(rest);
        return parts;
    }
}
