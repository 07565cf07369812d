package dev.unitymlops.cli.schedules;

import dev.unitymlops.cli.jobfile.FieldError;
import dev.unitymlops.events.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a schedule file, as {@code --json} shows it. */
record ScheduleVerdict(String file, boolean valid, List<FieldError> errors) {

    static ScheduleVerdict invalid(Path file, List<Problem> problems) {
        return new ScheduleVerdict(
                file.toString(), false, problems.stream().map(FieldError::of).toList());
    }

    /** For people. */
    String text() {
        String count = errors.size() == 1 ? "1 error" : errors.size() + " errors";
        return errors.stream().map(FieldError::text).collect(Collectors.joining("\n", file + ": " + count + "\n", ""));
    }
}
