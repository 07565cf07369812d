package dev.unitymlops.cli.view;

import dev.unitymlops.cli.queues.QueuePlace;

/**
 * Where a queued job stands.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param position from 1, in the order in which the stage's jobs are taken
 * @param waiting how many wait in the stage, this one included
 */
public record QueueView(String stage, int position, int waiting) {
    static QueueView of(QueuePlace place) {
        return new QueueView(place.stageWord(), place.position(), place.waiting());
    }

    /** Such as {@code 3 of 17}. */
    public String text() {
        return position + " of " + waiting;
    }
}
