package dev.unitymlops.scheduler.topology;

import dev.unitymlops.events.JobFailed;
import dev.unitymlops.events.JobPlace;
import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.JobRejected;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.ScheduledJob;
import dev.unitymlops.runtime.streams.PollBatch;
import dev.unitymlops.scheduler.decision.Schedules;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what takes or frees the place of a schedule's job: a retry's next run; the good end of a run, its bad end, and a
 * refusal of our own request.
 */
final class NoticeJobs extends ContextualProcessor<String, SpecificRecord, String, ScheduledJob> {

    /** What the first coordinator of a run says of it. */
    private static final String ACCEPTED = "accepted";

    private final PollBatch batch;

    NoticeJobs(PollBatch batch) {
        this.batch = batch;
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        Optional<ScheduledJob> noticed = notice(record.value());
        noticed.ifPresent(job -> context().forward(new Record<>(job.getJobId(), job, record.timestamp())));
        // decisions read what is committed: a freed place must not wait for the commit interval
        if (batch.decided(noticed.isPresent())) {
            context().commit();
        }
    }

    static Optional<ScheduledJob> notice(@Nullable SpecificRecord event) {
        return switch (event) {
            case ModelRegistered end
            when end.getJob().getScheduleId() != null ->
                told(
                        end.getJobId(),
                        end.getJob().getScheduleId(),
                        end.getRun(),
                        JobPlace.FREED,
                        Topics.MODEL_REGISTERED);
            case JobFailed end
            when end.getScheduleId() != null ->
                told(end.getJobId(), end.getScheduleId(), end.getRun(), JobPlace.FREED, Topics.JOB_FAILED);
            case JobRejected answer
            when Schedules.REQUESTED_BY.equals(answer.getRequestedBy()) ->
                told(answer.getJobId(), null, answer.getRun(), JobPlace.FREED, Topics.JOB_REJECTED);
            case JobProgress retry
            when retry.getScheduleId() != null && retry.getRun() > 1 && ACCEPTED.equals(retry.getPhase()) ->
                told(retry.getJobId(), retry.getScheduleId(), retry.getRun(), JobPlace.TAKEN, Topics.JOB_PROGRESS);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<ScheduledJob> told(
            String jobId, @Nullable String scheduleId, int run, JobPlace place, TopicSpec because) {
        return Optional.of(new ScheduledJob(jobId, scheduleId, run, place, because.name()));
    }
}
