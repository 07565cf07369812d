package dev.unitymlops.cli.deadletters;

import java.util.HexFormat;
import java.util.Locale;

/** Bytes as people look at them: offset, sixteen in hexadecimal, and their ASCII. */
final class HexText {
    private static final int PER_LINE = 16;
    private static final int SHOWN = 1024;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexText() {}

    /** At most the first 1,024 bytes, with a word about the rest. */
    static String of(byte[] bytes) {
        var text = new StringBuilder();
        int shown = Math.min(bytes.length, SHOWN);
        for (int from = 0; from < shown; from += PER_LINE) {
            int to = Math.min(from + PER_LINE, shown);
            text.append(String.format(
                    Locale.ROOT,
                    "  %08x  %-47s  |%s|\n",
                    from,
                    HEX.formatHex(bytes, from, to),
                    ascii(bytes, from, to)));
        }
        if (bytes.length > shown) {
            text.append("  and ").append(bytes.length - shown).append(" bytes more; --json gives all of them\n");
        }
        return text.toString().stripTrailing();
    }

    private static String ascii(byte[] bytes, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        }
        return text.toString();
    }
}
