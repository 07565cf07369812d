package dev.unitymlops.cli.queues;

import java.util.List;

/**
 * That a job waits for a worker which is not there, as {@code --json} shows it.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param state {@code unschedulable}
 * @param missing labels that it lacks; empty when no worker of the stage is there at all, or those that would fit are paused
 * @param paused why workers that would fit take no job for now
 */
public record StuckRow(
        String jobId, int run, String stage, String state, List<String> missing, List<String> paused, String message) {
    public static StuckRow of(Stuck stuck) {
        return new StuckRow(
                stuck.jobId(),
                stuck.run(),
                stuck.stageWord(),
                "unschedulable",
                stuck.missing(),
                stuck.paused(),
                stuck.message());
    }
}
