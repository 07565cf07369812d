package dev.unitymlops.cli.jobfile;

import dev.unitymlops.job.ContentHash;
import dev.unitymlops.job.JobFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a job file.
 *
 * @param contentHash which jobs are the same: SHA-256 of the canonical content
 */
public record Verdict(
        String file,
        boolean valid,
        @Nullable String jobId,
        @Nullable Boolean dryRun,
        @Nullable String contentHash,
        List<FieldError> errors,
        List<String> warnings) {
    static Verdict of(Path file, JobFile.Result result) {
        return switch (result) {
            case JobFile.Valid valid ->
                new Verdict(
                        file.toString(),
                        true,
                        valid.job().getJobId(),
                        valid.job().getDryRun(),
                        ContentHash.of(valid.job()),
                        List.of(),
                        valid.warnings());
            case JobFile.Invalid invalid ->
                new Verdict(
                        file.toString(),
                        false,
                        null,
                        null,
                        null,
                        invalid.problems().stream().map(FieldError::of).toList(),
                        List.of());
        };
    }

    /** For people. */
    public String text() {
        if (!valid) {
            String count = errors.size() == 1 ? "1 error" : errors.size() + " errors";
            return errors.stream()
                    .map(FieldError::text)
                    .collect(Collectors.joining("\n", file + ": " + count + "\n", ""));
        }
        String kind = Boolean.TRUE.equals(dryRun) ? "a dry run" : "a real run";
        return file + " is valid: job " + jobId + ", " + kind + ", content " + contentHash;
    }
}
