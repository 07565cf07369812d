package dev.unitymlops.job;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.util.List;

/**
 * Every rule that a job must keep, whether it came from a file or over Kafka. Rules that ML-Agents would only show hours
 * later, or not at all, are among them.
 */
public final class JobRules {

    private JobRules() {}

    /**
     * Everything that is wrong with the job; empty when it may run. Never throws for bad content. Files are opened only
     * {@link Where#HERE}, and never for a dry run.
     */
    public static List<Problem> check(TrainingJob job, Where where) {
        return inspect(job, where).problems();
    }

    static Findings inspect(TrainingJob job, Where where) {
        Findings findings = new Findings();
        TextLimits.check(job, findings);
        NameRules.check(job, findings);
        Spaces spaces = Spaces.read(job, findings);
        TextRules.check(job, findings);
        NumberRules.check(job, findings);
        AlgorithmRules.check(job, findings);
        TrainerConfigRules.check(job, findings);
        ExtraArgs.check(job, findings);
        DemonstrationRules.check(job, spaces, where, findings);
        PlacementRules.check(job, spaces, findings);
        SourceRules.check(job, findings);
        DestinationRules.check(job, findings);
        return findings;
    }
}
