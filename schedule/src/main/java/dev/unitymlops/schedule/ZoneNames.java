package dev.unitymlops.schedule;

import dev.unitymlops.job.Findings;
import dev.unitymlops.job.Suggestion;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Time zones by the names of the IANA database; offsets are none, since they know no daylight saving. */
final class ZoneNames {
    private static final Set<String> KNOWN = new TreeSet<>(ZoneId.getAvailableZoneIds());

    private ZoneNames() {}

    static void check(String name, Findings findings) {
        if (!KNOWN.contains(name)) {
            String remedy = nearest(name)
                    .map(near -> "Did you mean " + near + "?")
                    .orElse("Give a name of the IANA database, such as Europe/Berlin or UTC.");
            findings.problem("time_zone", name, "is not a time zone", remedy);
        }
    }

    /** UTC for a name that {@link #check} refuses. */
    static ZoneId find(String name) {
        return KNOWN.contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
    }

    /** Also by the city alone, however it is written. */
    private static Optional<String> nearest(String name) {
        String city = plain(name.substring(name.lastIndexOf('/') + 1));
        return KNOWN.stream()
                .filter(known ->
                        plain(known.substring(known.lastIndexOf('/') + 1)).equals(city))
                .findFirst()
                .or(() -> Suggestion.nearest(name, KNOWN));
    }

    private static String plain(String city) {
        return city.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
}
