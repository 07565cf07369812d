package dev.unitymlops.runtime;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Amounts of memory and disk as people write them: {@code 0}, {@code 4096}, {@code 512MiB}, {@code 2.5GiB}. */
public final class Bytes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)\\s*([kmgt]ib|b)?");
    private static final int STEP = 1024;

    private Bytes() {}

    /**
     * What the text says.
     *
     * @throws Setting.UnreadableValue when it is none; a GB is none, as some take it for 10^9 bytes and some for 2^30
     */
    public static long parse(String text) {
        var written = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            throw new Setting.UnreadableValue("is no number of bytes", "write it as 4096, 512MiB, 2.5GiB or 1TiB");
        }
        String unit = written.group(2) == null ? "b" : written.group(2);
        int power = UNITS.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(unit);
        return (long) (Double.parseDouble(written.group(1)) * Math.pow(STEP, power));
    }

    /** At most one digit behind the point; exact where it is a whole number of its unit. */
    public static String text(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.size() - 1) {
            amount /= STEP;
            unit++;
        }
        return amount == Math.rint(amount)
                ? (long) amount + UNITS.get(unit)
                : String.format(Locale.ROOT, "%.1f%s", amount, UNITS.get(unit));
    }
}
