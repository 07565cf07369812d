package dev.unitymlops.cli.schedules;

import dev.unitymlops.events.TrainingSchedule;

/**
 * A schedule as it stands on its topic.
 *
 * @param version offset of its record
 */
record StoredSchedule(long version, TrainingSchedule schedule) {}
