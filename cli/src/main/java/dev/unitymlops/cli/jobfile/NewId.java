package dev.unitymlops.cli.jobfile;

import dev.unitymlops.events.TrainingJob;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Gives a job an id that nobody has used. */
public final class NewId {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final int LONGEST = 128;

    private NewId() {}

    /** The same job under its id and the time. */
    public static TrainingJob of(TrainingJob job, Clock clock) {
        String stamp = "-" + STAMP.format(clock.instant());
        String old = job.getJobId();
        String kept = old.substring(0, Math.min(old.length(), LONGEST - stamp.length()));
        return TrainingJob.newBuilder(job).setJobId(kept + stamp).build();
    }
}
