package dev.unitymlops.scheduler.decision;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.schedule.JobIds;
import java.time.Instant;
import org.apache.avro.Schema;

/** What is to be decided: an instant that a schedule's expression names, or a request to run now. */
public sealed interface Tick {

    Instant at();

    /** Unique among all ticks, and the same when it is decided again after a crash. */
    String name();

    /** The id that an asset's job gets. */
    String jobId(String assetId);

    /** {@code job} as this tick wants it. What it is made of is shared with it: a thousand ticks may come at once. */
    default TrainingJob job(String scheduleId, TrainingJob job) {
        TrainingJob own = new TrainingJob();
        for (Schema.Field field : job.getSchema().getFields()) {
            own.put(field.pos(), job.get(field.pos()));
        }
        own.setJobId(jobId(job.getAssetSpec().getAssetId()));
        own.setScheduleId(scheduleId);
        return own;
    }

    /**
     * Of the expression.
     *
     * @param missed whether it passed while nobody decided: it was due longer ago than is put up with, or a later one is
     *     due as well
     * @param latest whether no later one is due yet
     */
    record Cron(String scheduleId, Instant at, boolean missed, boolean latest) implements Tick {
        @Override
        public String name() {
            return scheduleId + "/" + at;
        }

        @Override
        public String jobId(String assetId) {
            return JobIds.ofTick(scheduleId, assetId, at);
        }
    }

    /** Asked for by somebody. */
    record RunNow(String scheduleId, Instant at, String requestId) implements Tick {
        @Override
        public String name() {
            return scheduleId + "/" + requestId;
        }

        /**
         * Told before anything changes.
         *
         * @throws Refused when no job's id can be made with the request's
         */
        void check() {
            try {
                jobId("");
            } catch (IllegalArgumentException e) {
                throw new Refused(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String jobId(String assetId) {
            return JobIds.ofRequest(scheduleId, assetId, requestId);
        }
    }
}
