package dev.unitymlops.trainerenv;

import java.util.Locale;

/** Measured once on Debian 12 with two busy cores: an upper bound to announce, not a promise. Megabytes are 10^6 bytes. */
public record Cost(int downloadMegabytes, int diskMegabytes, int seconds) {
    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
        return new Cost(
                downloadMegabytes + other.downloadMegabytes,
                diskMegabytes + other.diskMegabytes,
                seconds + other.seconds);
    }

    /** As a person says it: {@code about 4.0 GB to download, 6.8 GB on disk, 8 min}. */
    @Override
    public String toString() {
        return "about " + size(downloadMegabytes) + " to download, " + size(diskMegabytes) + " on disk, "
                + (seconds < 100 ? seconds + " s" : (seconds + 30) / 60 + " min");
    }

    private static String size(int megabytes) {
        return megabytes < 1000 ? megabytes + " MB" : String.format(Locale.ROOT, "%.1f GB", megabytes / 1000.0);
    }
}
