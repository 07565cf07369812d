package dev.unitymlops.cli.workers;

import dev.unitymlops.cli.workers.Places.Place;
import java.util.Locale;

/**
 * What was asked of a place's workers, as {@code --json} shows it.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param cordoned whether they are to take no new work
 */
record CordonRow(String host, String stage, boolean cordoned) {
    static CordonRow of(Place place, boolean cordoned) {
        return new CordonRow(place.host(), place.stage().name().toLowerCase(Locale.ROOT), cordoned);
    }
}
