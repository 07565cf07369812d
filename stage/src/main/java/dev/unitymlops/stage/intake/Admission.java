package dev.unitymlops.stage.intake;

import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stage has against a job beside the rules that hold everywhere. */
@FunctionalInterface
public interface Admission {

    /** Takes every job. */
    Admission ALL = (job, contentHash) -> Optional.empty();

    /**
     * Why the job is not taken; empty when it is.
     *
     * @throws IOException when the artifact store cannot be asked: intake waits and asks again
     */
    Optional<Refusal> check(TrainingJob job, String contentHash) throws IOException;

    /**
     * A job is not taken.
     *
     * @param reason {@code invalid} or {@code duplicate}, as on job-rejected
     * @param existingContentHash content hash of the job that has this id, where that is the reason
     */
    record Refusal(
            String reason, List<Problem> problems, @Nullable String existingContentHash) {

        public Refusal {
            problems = List.copyOf(problems);
        }

        /** The job asks for what cannot be. */
        public static Refusal invalid(List<Problem> problems) {
            return new Refusal("invalid", problems, null);
        }

        /** The id belongs to a job with other content. */
        public static Refusal duplicate(Problem problem, String existingContentHash) {
            return new Refusal("duplicate", List.of(problem), existingContentHash);
        }
    }
}
