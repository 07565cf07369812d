package dev.unitymlops.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.Findings;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.JobFile;
import dev.unitymlops.job.Suggestion;
import dev.unitymlops.job.Where;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The jobs of a schedule file: its fields of a job, once with each of the assets, as a job file with the longest id. */
final class JobsOfFile {
    private static final String DRY_RUN = "DRY RUN: every job of this schedule is dry: nothing is built, trained or"
            + " registered. Say dry_run: false to train.";

    private final ObjectNode shared;
    private final ArrayNode specs;
    private final String scheduleId;
    private final Findings findings;
    /** What is wrong with a field that all jobs share is told once. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    private final Set<String> warnings = new LinkedHashSet<>();

    /** @param file what {@link OwnFields} left of it */
    JobsOfFile(ObjectNode file, String scheduleId, Findings findings) {
        this.specs = specs(file.remove(OwnFields.ASSETS), findings);
        this.shared = file;
        this.scheduleId = scheduleId;
        this.findings = findings;
    }

    /** As written; "" where there is none. */
    List<String> assetIds() {
        return specs.valueStream().map(JobsOfFile::assetId).toList();
    }

    private static String assetId(JsonNode spec) {
        return spec.path("asset_id").asText();
    }

    /** One per asset, its id that of the asset; only those that are right. */
    List<TrainingJob> read(JobDefaults defaults, Where where) {
        refuse("job_id", "Remove it: each tick gives its jobs their ids.");
        refuse("asset_spec", "Put it into the list asset_specs.");
        refuseUnknown();
        List<TrainingJob> jobs = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            TrainingJob job = job(i, specs.get(i), defaults, where);
            if (job != null) {
                jobs.add(job);
            }
        }
        if (specs.isEmpty()) {
            job(AssetFields.NONE, standIn(), defaults, where);
        }
        problems.forEach(found ->
                findings.problemShown(found.getField(), found.getValue(), found.getMessage(), found.getRemedy()));
        warnings.forEach(findings::warning);
        if (jobs.stream().anyMatch(TrainingJob::getDryRun)) {
            findings.warning(DRY_RUN);
        }
        return jobs;
    }

    private void refuse(String name, String remedy) {
        JsonNode value = shared.remove(name);
        if (value != null && !value.isNull()) {
            findings.problem(name, value, "is not a field of a schedule", remedy);
        }
    }

    /** Only what was meant for the schedule: the job's reader tells of the rest. */
    private void refuseUnknown() {
        Set<String> known = new TreeSet<>(OwnFields.NAMES);
        TrainingJob.getClassSchema().getFields().stream()
                .map(Schema.Field::name)
                .forEach(known::add);
        List<String> names = new ArrayList<>();
        shared.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            Suggestion.nearest(name, known)
                    .filter(OwnFields.NAMES::contains)
                    .ifPresent(near -> refuse(name, "Did you mean " + near + "?"));
        }
    }

    private static ArrayNode specs(@Nullable JsonNode assets, Findings findings) {
        if (assets instanceof ArrayNode specs && !specs.isEmpty() && specs.size() <= ScheduleRules.MOST_ASSETS) {
            return specs;
        }
        if (assets == null || assets.isNull() || assets.isEmpty()) {
            findings.problem(OwnFields.ASSETS, assets, ScheduleRules.EMPTY, ScheduleRules.GIVE_ASSETS);
        } else if (assets.isArray()) {
            findings.problem(OwnFields.ASSETS, assets.size(), ScheduleRules.TOO_MANY, ScheduleRules.GIVE_FEWER);
        } else {
            findings.problem(OwnFields.ASSETS, assets, "is not a list", ScheduleRules.GIVE_ASSETS);
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    private @Nullable TrainingJob job(int asset, JsonNode spec, JobDefaults defaults, Where where) {
        ObjectNode tree = shared.deepCopy();
        tree.put("job_id", JobIds.longest(scheduleId, assetId(spec)));
        tree.put("schedule_id", scheduleId);
        tree.set("asset_spec", spec);
        return switch (JobFile.parse(tree, defaults, where)) {
            case JobFile.Invalid invalid -> {
                problems.addAll(AssetFields.renamed(invalid.problems(), asset));
                yield null;
            }
            case JobFile.Valid valid -> {
                valid.warnings().forEach(warning -> warnings.add(AssetFields.renamed(warning, asset)));
                valid.job().setJobId(assetId(spec));
                yield valid.job();
            }
        };
    }

    /** An asset with which everything but the assets can be checked. */
    private static ObjectNode standIn() {
        return JsonNodeFactory.instance.objectNode().put("asset_id", "asset").put("name", "Asset");
    }
}
