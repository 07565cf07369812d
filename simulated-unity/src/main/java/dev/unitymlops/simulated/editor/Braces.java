package dev.unitymlops.simulated.editor;

import java.util.Optional;

/**
 * As much of a C# compiler as tells a damaged file from a whole one: whether braces pair up outside comments and literals.
 * Raw string literals are not known.
 */
final class Braces {

    private final String source;
    private int index;
    private int line = 1;
    private int depth;

    private Braces(String source) {
        this.source = source;
    }

    /** The compiler's words, {@code (line,1): error CSnnnn: …}, when braces do not pair up. */
    static Optional<String> complaint(String source) {
        return new Braces(source).scan();
    }

    private Optional<String> scan() {
        while (index < source.length()) {
            if (starts("//")) {
                skipTo("\n", false);
            } else if (starts("/*")) {
                skipTo("*/", false);
            } else if (starts("@\"") || starts("$@\"") || starts("@$\"")) {
                skipVerbatim();
            } else if (starts("\"") || starts("'")) {
                skipTo(source.substring(index, index + 1), true);
            } else {
                depth += starts("{") ? 1 : starts("}") ? -1 : 0;
                if (depth < 0) {
                    return error("CS1022: Type or namespace definition, or end-of-file expected");
                }
                advance(1);
            }
        }
        return depth == 0 ? Optional.empty() : error("CS1513: } expected");
    }

    private Optional<String> error(String text) {
        return Optional.of("(" + line + ",1): error " + text);
    }

    private boolean starts(String token) {
        return source.startsWith(token, index);
    }

    private void advance(int characters) {
        int end = Math.min(source.length(), index + characters);
        for (; index < end; index++) {
            if (source.charAt(index) == '\n') {
                line++;
            }
        }
    }

    private void skipTo(String end, boolean escapes) {
        advance(end.length() == 1 && !end.equals("\n") ? 1 : 2);
        while (index < source.length() && !starts(end)) {
            advance(escapes && starts("\\") ? 2 : 1);
        }
        advance(end.length());
    }

    /** A verbatim string: two quotes stand for one. */
    private void skipVerbatim() {
        advance(source.indexOf('"', index) - index + 1);
        while (index < source.length() && (!starts("\"") || starts("\"\""))) {
            advance(starts("\"\"") ? 2 : 1);
        }
        advance(1);
    }
}
