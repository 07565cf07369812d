package dev.unitymlops.cli.view;

import dev.unitymlops.cli.queues.Stuck;
import java.util.List;

/**
 * That a job waits for a worker which is not there.
 *
 * @param stage {@code build}, {@code train} or {@code registry}
 * @param missing labels that it lacks; empty when no worker of the stage is there at all, or those that would fit are paused
 * @param paused why workers that would fit take no job for now
 */
public record UnschedulableView(String stage, List<String> missing, List<String> paused, String message) {
    static UnschedulableView of(Stuck stuck) {
        return new UnschedulableView(stuck.stageWord(), stuck.missing(), stuck.paused(), stuck.message());
    }
}
