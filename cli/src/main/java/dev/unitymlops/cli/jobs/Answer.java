package dev.unitymlops.cli.jobs;

import dev.unitymlops.events.JobRejected;

/** What the platform says to a job that was put in. */
sealed interface Answer {
    /** A new run has begun. */
    record Accepted() implements Answer {}

    /** The run was there already, with the same content; nothing was done. */
    record Duplicate() implements Answer {}

    /** It was not taken. */
    record Rejected(JobRejected event) implements Answer {}
}
