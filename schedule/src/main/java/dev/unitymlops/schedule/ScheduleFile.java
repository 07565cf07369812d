package dev.unitymlops.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.Findings;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.ReadTree;
import dev.unitymlops.job.Where;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule file: YAML 1.2 (JSON schema) or JSON, with the original pipeline's field names and any field of a job but
 * {@code job_id} and {@code asset_spec}.
 */
public final class ScheduleFile {
    private static final ReadTree TREE =
            new ReadTree("Give a schedule file.", "Check the path; examples/nightly.yaml is a schedule file.");

    private ScheduleFile() {}

    /** What reading found; nothing is thrown for bad input. */
    public sealed interface Result {}

    /**
     * A schedule that {@link ScheduleRules} accept, and remarks on what it does not say or says to no effect.
     *
     * @param schedule {@code requested_by} and {@code requested_at} (the epoch) are for the one who sends it
     */
    public record Valid(TrainingSchedule schedule, List<String> warnings) implements Result {}

    /** Everything that is wrong with the file. */
    public record Invalid(List<Problem> problems) implements Result {}

    /** Reads a file whose jobs run elsewhere: their paths are checked as text only. */
    public static Result read(Path file, JobDefaults defaults) {
        return read(file, defaults, Where.ELSEWHERE);
    }

    public static Result read(Path file, JobDefaults defaults, Where where) {
        Findings findings = new Findings();
        return result(TREE.ofFile(file, findings), defaults, where, findings);
    }

    /** Reads a text whose jobs run elsewhere: their paths are checked as text only. */
    public static Result parse(String text, JobDefaults defaults) {
        return parse(text, defaults, Where.ELSEWHERE);
    }

    public static Result parse(String text, JobDefaults defaults, Where where) {
        Findings findings = new Findings();
        return result(TREE.ofText(text, findings), defaults, where, findings);
    }

    private static Result result(@Nullable JsonNode tree, JobDefaults defaults, Where where, Findings findings) {
        if (tree instanceof ObjectNode file) {
            TrainingSchedule schedule = OwnFields.take(file, findings);
            JobsOfFile jobs = new JobsOfFile(file, schedule.getScheduleId(), findings);
            schedule.setJobs(jobs.read(defaults, where));
            schedule.getJobs().stream().findFirst().ifPresent(job -> schedule.setWebhookUrl(job.getWebhookUrl()));
            findings.addUnlessKnown(ScheduleRules.ofItself(schedule, jobs.assetIds()));
            if (!findings.hasProblems()) {
                return new Valid(schedule, findings.warnings());
            }
        } else if (tree != null) {
            findings.problem(
                    ReadTree.WHOLE, tree, "is not a schedule: it holds no fields", "Start from examples/nightly.yaml.");
        }
        return new Invalid(findings.problems());
    }
}
