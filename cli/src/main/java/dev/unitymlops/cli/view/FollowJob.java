package dev.unitymlops.cli.view;

import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.JobEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads a job's events until it has come to its end. One thread. */
public final class FollowJob {
    private static final Duration AT_MOST = Duration.ofMillis(100);

    private final EventReader reader;
    private final JobView view;
    private final Consumer<JobEvent> each;

    /** @param each is told of every event of the job, in the order in which they are read */
    public FollowJob(EventReader reader, JobView view, Consumer<JobEvent> each) {
        this.reader = reader;
        this.view = view;
        this.each = each;
    }

    public JobView view() {
        return view;
    }

    /** Reads what was there when the reader was made, and hands it on by time, figures that others have replaced left out. */
    public void catchUp() {
        List<JobEvent> history = reader.history().stream()
                .filter(event -> event.jobId().equals(view.jobId()))
                .sorted(JobEvent.BY_TIME)
                .toList();
        history.forEach(view::add);
        JobEvent last = history.isEmpty() ? null : history.getLast();
        history.stream()
                .filter(event -> event.equals(last) || !TellEvents.passing(event))
                .forEach(each);
    }

    /**
     * Returns when the latest run, at least this one, is over, or when it shall not go on.
     *
     * @param goOn asked between any two reads
     */
    public void untilOver(int run, BooleanSupplier goOn) {
        while (!isOver(run) && goOn.getAsBoolean()) {
            readOn();
        }
        if (isOver(run)) {
            readRest();
        }
    }

    /** Reads what has come, or waits a moment for it. */
    public void readOn() {
        take(reader.poll(AT_MOST));
    }

    /** Reads what is there: the end may have been read before earlier events of other topics. */
    public void readRest() {
        take(reader.upToNow());
    }

    /** Whether the latest run, at least this one, is over. */
    public boolean isOver(int run) {
        JobState state = view.state();
        return state == JobState.REJECTED || (state.over() && view.run() >= run);
    }

    private void take(List<JobEvent> events) {
        for (JobEvent event : events) {
            if (event.jobId().equals(view.jobId())) {
                view.add(event);
                each.accept(event);
            }
        }
    }
}
