package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.jobfile.FieldError;
import dev.unitymlops.events.RecordCoordinates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of putting a job in.
 *
 * @param answer {@code accepted}, {@code duplicate} or {@code rejected}
 * @param existingContentHash content of the job that has this id, where that is why it was rejected
 */
record Submission(
        String jobId,
        int run,
        String answer,
        String contentHash,
        @Nullable String existingContentHash,
        String topic,
        int partition,
        long offset,
        List<FieldError> errors) {
    static Submission of(String jobId, int run, String contentHash, RecordCoordinates at, Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> of(jobId, run, "accepted", contentHash, null, at, List.of());
            case Answer.Duplicate duplicate -> of(jobId, run, "duplicate", contentHash, null, at, List.of());
            case Answer.Rejected rejected ->
                of(
                        jobId,
                        run,
                        "rejected",
                        contentHash,
                        rejected.event().getExistingContentHash(),
                        at,
                        rejected.event().getProblems().stream()
                                .map(FieldError::of)
                                .toList());
        };
    }

    private static Submission of(
            String jobId,
            int run,
            String answer,
            String contentHash,
            @Nullable String existing,
            RecordCoordinates at,
            List<FieldError> errors) {
        return new Submission(
                jobId, run, answer, contentHash, existing, at.getTopic(), at.getPartition(), at.getOffset(), errors);
    }
}
