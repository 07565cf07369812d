package dev.unitymlops.cli.view;

import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.events.JobProgress;

/** Shows events as they come: a line each, training's progress on a line that is written over. */
public final class TellEvents {
    private final Display display;

    public TellEvents(Display display) {
        this.display = display;
    }

    public void tell(JobEvent event) {
        if (passing(event)) {
            display.passing(EventText.of(event));
        } else {
            display.line(EventText.of(event));
        }
    }

    /** Whether it only tells of a figure that the next one replaces. */
    static boolean passing(JobEvent event) {
        return event.value() instanceof JobProgress progress && progress.getStep() != null;
    }
}
