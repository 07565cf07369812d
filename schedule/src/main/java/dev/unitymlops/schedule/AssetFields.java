package dev.unitymlops.schedule;

import dev.unitymlops.events.Problem;
import java.util.List;

/** What is told of one job's fields, as told of a schedule's: {@code asset_spec.name} is {@code asset_specs[0].name}. */
final class AssetFields {
    /** Index of an asset that is not in the schedule. */
    static final int NONE = -1;

    private static final String OF_JOB = "asset_spec";

    private AssetFields() {}

    /** Ids of jobs are the schedule's and the asset's, whose own rules tell of them. */
    static List<Problem> renamed(List<Problem> problems, int asset) {
        return problems.stream()
                .filter(problem -> !problem.getField().equals("job_id")
                        && !problem.getField().equals(OwnFields.ID))
                .filter(problem -> asset != NONE || !problem.getField().startsWith(OF_JOB))
                .map(problem -> new Problem(
                        renamed(problem.getField(), asset),
                        problem.getValue(),
                        problem.getMessage(),
                        problem.getRemedy()))
                .toList();
    }

    static String renamed(String text, int asset) {
        return text.startsWith(OF_JOB) ? OwnFields.ASSETS + "[" + asset + "]" + text.substring(OF_JOB.length()) : text;
    }
}
