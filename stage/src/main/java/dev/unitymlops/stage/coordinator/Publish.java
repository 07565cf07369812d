package dev.unitymlops.stage.coordinator;

import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.coordinator.JobState.Live;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Forwards what was decided to the sinks of the topology, with the headers of an event. */
final class Publish {

    static final String WORK = "work";
    static final String EVENT = "event";
    static final String FAILED = "failed";
    static final String REJECTED = "rejected";
    static final String PROGRESS = "progress";
    static final String TICK = "tick";

    private final StageLine<?, ?> line;
    private final RandomGenerator spanIds;
    private final QueueOrder order;

    Publish(StageLine<?, ?> line, RandomGenerator spanIds) {
        this(line, spanIds, QueueOrder.STANDARD);
    }

    Publish(StageLine<?, ?> line, RandomGenerator spanIds, QueueOrder order) {
        this.line = line;
        this.spanIds = spanIds;
        this.order = order;
    }

    /** The job's live state where a reader can see a change, a tombstone where it has ended: true if it is either. */
    boolean work(
            ProcessorContext<String, Object> to, String jobId, @Nullable JobState before, JobState next, long now) {
        if (next instanceof Live live && (before == null || before.version() != live.version())) {
            StageWork work = StateRecord.work(live);
            work.setQueueOrder(order.of(live));
            to.forward(new Record<>(jobId, work, now), WORK);
            return true;
        }
        if (!(next instanceof Live) && before instanceof Live) {
            to.forward(new Record<>(jobId, null, now), WORK);
            return true;
        }
        return false;
    }

    void output(ProcessorContext<String, Object> to, String jobId, Output output, long now) {
        switch (output) {
            case Output.Event event ->
                forward(
                        to,
                        jobId,
                        bytes(event.value()),
                        now,
                        EVENT,
                        headers(line.output(), jobId, event.run(), event.attempt(), "", now, event.traceparent()));
            case Output.Failed failed ->
                forward(
                        to,
                        jobId,
                        failed.event(),
                        now,
                        FAILED,
                        headers(
                                Topics.JOB_FAILED,
                                jobId,
                                failed.event().getRun(),
                                failed.event().getAttempt(),
                                line.word(),
                                now,
                                failed.traceparent()));
            case Output.Rejected rejected ->
                forward(
                        to,
                        jobId,
                        rejected.event(),
                        now,
                        REJECTED,
                        headers(
                                Topics.JOB_REJECTED,
                                jobId,
                                rejected.event().getRun(),
                                0,
                                line.word() + "/" + place(rejected.event().getRecord()),
                                now,
                                rejected.traceparent()));
            case Output.Progress progress ->
                forward(
                        to,
                        jobId,
                        progress.event(),
                        now,
                        PROGRESS,
                        headers(
                                Topics.JOB_PROGRESS,
                                jobId,
                                progress.event().getRun(),
                                progress.event().getAttempt(),
                                line.word() + "/" + progress.event().getPhase() + "/" + now,
                                now,
                                progress.traceparent()));
        }
    }

    void tick(ProcessorContext<String, Object> to, StageCommand tick, long now) {
        to.forward(new Record<>(null, tick, now), TICK);
    }

    private EventHeaders headers(
            TopicSpec topic, String jobId, int run, int attempt, String kind, long now, @Nullable String traceparent) {
        return EventHeaders.ofAttempt(
                topic.name(),
                line.service(),
                jobId,
                run,
                attempt,
                kind,
                Instant.ofEpochMilli(now),
                TraceParent.continued(traceparent, spanIds));
    }

    private static String place(RecordCoordinates at) {
        return at.getTopic() + "/" + at.getPartition() + "/" + at.getOffset();
    }

    private static void forward(
            ProcessorContext<String, Object> to,
            String jobId,
            Object value,
            long now,
            String sink,
            EventHeaders headers) {
        RecordHeaders written = new RecordHeaders();
        headers.writeTo(written);
        to.forward(new Record<>(jobId, value, now, written), sink);
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }
}
