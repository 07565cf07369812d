package dev.unitymlops.cli.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unitymlops.cli.events.EventRow;
import java.util.List;

/**
 * A job's result and the events that led to it.
 *
 * @param events by time; empty when the result is of an earlier day
 */
public record FinishedJob(@JsonUnwrapped JobResult result, List<EventRow> events) {
    /** The result, with the events that the view has seen. */
    public static FinishedJob of(JobResult result, JobView view) {
        return new FinishedJob(
                result, view.milestones().stream().map(EventRow::of).toList());
    }
}
