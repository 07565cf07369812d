package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.job.Kind.Anything;
import dev.unitymlops.job.Kind.Block;
import dev.unitymlops.job.Kind.Choice;
import dev.unitymlops.job.Kind.Flag;
import dev.unitymlops.job.Kind.Real;
import dev.unitymlops.job.Kind.Text;
import dev.unitymlops.job.Kind.Whole;
import java.util.List;
import java.util.Map;

/** {@code environment_parameters} of a trainer configuration: numbers, samplers and curricula. */
final class EnvironmentParameters {
    private static final Kind NUMBER = new Real(-Double.MAX_VALUE, false, Double.MAX_VALUE);

    private static final Map<String, Kind> SAMPLERS = Map.of(
            "uniform", new Block(Map.of("min_value", NUMBER, "max_value", NUMBER, "seed", new Whole(-1))),
            "gaussian", new Block(Map.of("mean", NUMBER, "st_dev", NUMBER, "seed", new Whole(-1))),
            "multirangeuniform", new Block(Map.of("intervals", new Anything(), "seed", new Whole(-1))),
            "constant", new Block(Map.of("value", NUMBER, "seed", new Whole(-1))));

    private static final Kind SAMPLER = new Block(Map.of(
            "sampler_type",
            new Choice(SAMPLERS.keySet().stream().sorted().toList()),
            "sampler_parameters",
            new Anything()));

    private static final Kind CRITERIA = new Block(Map.of(
            "behavior", new Text(),
            "measure", new Choice(List.of("reward", "progress")),
            "min_lesson_length", new Whole(0),
            "signal_smoothing", new Flag(),
            "threshold", NUMBER,
            "require_reset", new Flag()));

    private static final Kind LESSON =
            new Block(Map.of("name", new Text(), "value", new Anything(), "completion_criteria", CRITERIA));

    private static final Kind CURRICULUM = new Block(Map.of("curriculum", new Anything()));

    private EnvironmentParameters() {}

    static void check(String path, JsonNode parameters, Findings findings) {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return;
        }
        if (!parameters.isObject()) {
            findings.problem(path, parameters, "is not a mapping", "Give name: value.");
            return;
        }
        parameters.properties().forEach(entry -> parameter(path + "." + entry.getKey(), entry.getValue(), findings));
    }

    private static void parameter(String path, JsonNode value, Findings findings) {
        if (value.has("curriculum")) {
            CURRICULUM.check(path, value, findings);
            curriculum(path + ".curriculum", value.get("curriculum"), findings);
        } else {
            constantOrSampler(path, value, findings);
        }
    }

    private static void constantOrSampler(String path, JsonNode value, Findings findings) {
        if (!value.isObject()) {
            NUMBER.check(path, value, findings);
            return;
        }
        SAMPLER.check(path, value, findings);
        Kind parameters = SAMPLERS.get(value.path("sampler_type").asText(""));
        if (parameters != null && value.has("sampler_parameters")) {
            parameters.check(path + ".sampler_parameters", value.get("sampler_parameters"), findings);
        } else if (!value.has("sampler_type")) {
            findings.problem(path + ".sampler_type", null, "is missing", "Give a number, a sampler or a curriculum.");
        }
    }

    private static void curriculum(String path, JsonNode lessons, Findings findings) {
        if (!lessons.isArray() || lessons.isEmpty()) {
            findings.problem(path, lessons, "is not a list of lessons", "Give at least one lesson.");
            return;
        }
        for (int i = 0; i < lessons.size(); i++) {
            lesson(path + "[" + i + "]", lessons.get(i), i == lessons.size() - 1, findings);
        }
    }

    private static void lesson(String path, JsonNode lesson, boolean last, Findings findings) {
        LESSON.check(path, lesson, findings);
        if (lesson.has("value")) {
            constantOrSampler(path + ".value", lesson.get("value"), findings);
        }
        JsonNode criteria = lesson.path("completion_criteria");
        if (!last && !criteria.isObject()) {
            findings.problem(
                    path + ".completion_criteria",
                    null,
                    "is missing",
                    "Every lesson but the last says when it is over.");
        }
        if (criteria.isObject() && !criteria.has("behavior")) {
            findings.problem(path + ".completion_criteria.behavior", null, "is missing", "Name the behaviour.");
        }
        double threshold = criteria.path("threshold").asDouble(0);
        if (criteria.path("measure").asText("").equals("progress") && (threshold < 0 || threshold > 1)) {
            findings.problem(
                    path + ".completion_criteria.threshold",
                    criteria.get("threshold"),
                    "is not a progress from 0 to 1",
                    "Give a fraction of max_steps.");
        }
    }
}
