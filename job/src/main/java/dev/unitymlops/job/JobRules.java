package dev.unitymlops.job;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.util.List;

/** Every rule that a job must keep, whether it came from a file or over Kafka. */
public final class JobRules {

    private JobRules() {}

    /** Everything that is wrong with the job; empty when it may run. Opens files only {@link Where#HERE}. */
    public static List<Problem> check(TrainingJob job, Where where) {
        return inspect(job, where).problems();
    }

    static Findings inspect(TrainingJob job, Where where) {
        Findings findings = new Findings();
        NameRules.check(job, findings);
        Spaces.read(job, findings);
        return findings;
    }
}
