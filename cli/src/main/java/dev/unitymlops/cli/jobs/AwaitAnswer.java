package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.runtime.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Waits for what the platform says to something that was asked for. */
final class AwaitAnswer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AT_MOST = Duration.ofMillis(50);

    private final EventReader reader;

    /** @param reader has been there since before the question */
    AwaitAnswer(EventReader reader) {
        this.reader = reader;
    }

    /**
     * The answer to a JobRequested. Others may ask for the same job at the same time: a rejection names the record that it
     * answers, and so does the work that the build stage makes of an accepted one.
     *
     * @throws Unreachable when nobody answers in time
     */
    Answer toRequest(String jobId, int run, RecordCoordinates at) {
        return await(event -> answer(event, jobId, run, at));
    }

    /** Returns when that run of the job has been accepted. */
    void toRetry(String jobId, int run) {
        await(event -> event.value() instanceof JobProgress progress
                        && progress.getJobId().equals(jobId)
                        && progress.getRun() == run
                        && progress.getPhase().equals("accepted")
                ? Optional.of(progress)
                : Optional.empty());
    }

    private static Optional<Answer> answer(JobEvent event, String jobId, int run, RecordCoordinates at) {
        SpecificRecord value = event.value();
        return switch (value) {
            case StageWork work when work.getInput().getRecord().equals(at) -> Optional.of(new Answer.Accepted());
            case JobRejected rejected
            when at.equals(rejected.getRecord()) -> Optional.of(new Answer.Rejected(rejected));
            case JobProgress progress
            when progress.getJobId().equals(jobId)
                    && progress.getRun() == run
                    && progress.getStage() == Stage.BUILD
                    && progress.getPhase().equals("duplicate") -> Optional.of(new Answer.Duplicate());
            default -> Optional.empty();
        };
    }

    private <T> T await(Function<JobEvent, Optional<T>> answer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (JobEvent event : reader.poll(AT_MOST)) {
                Optional<T> found = answer.apply(event);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new Unreachable(
                "The record was written, but no build-service has answered within " + PATIENCE.toSeconds()
                        + " s; it will be worked on when one runs.",
                null);
    }
}
