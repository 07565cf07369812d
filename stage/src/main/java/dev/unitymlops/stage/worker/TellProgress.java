package dev.unitymlops.stage.worker;

import dev.unitymlops.events.JobProgress;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.StageInput;
import dev.unitymlops.runtime.EventHeaders;
import dev.unitymlops.runtime.TraceParent;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.Progress;
import dev.unitymlops.stage.StageLine;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes an attempt's progress. Losing a line of it is no failure: the next one says more. */
record TellProgress(
        StageLine<?, ?> line,
        String topic,
        String worker,
        RunningAttempt attempt,
        Producer<String, SpecificRecord> producer,
        Clock clock)
        implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(TellProgress.class);

    @Override
    public void report(Update update) {
        Instant now = clock.instant();
        Stage stage = line.stage();
        StageInput input = attempt.work().getInput();
        JobProgress event = JobProgress.newBuilder()
                .setJobId(attempt.jobId())
                .setRun(attempt.run())
                .setStage(stage)
                .setAttempt(attempt.number())
                .setPhase(update.phase())
                .setStep(update.step())
                .setMaxStep(update.maxStep())
                .setMeanReward(update.meanReward())
                .setStepsPerSecond(update.stepsPerSecond())
                .setEtaSeconds(update.etaSeconds())
                .setMessage(update.message())
                .setWorker(worker)
                .setScheduleId(input.getScheduleId())
                .setWebhookUrl(input.getWebhookUrl())
                .setAt(now)
                .build();
        ProducerRecord<String, SpecificRecord> record = new ProducerRecord<>(topic, attempt.jobId(), event);
        EventHeaders.ofAttempt(
                        Topics.JOB_PROGRESS.name(),
                        line.service(),
                        attempt.jobId(),
                        attempt.run(),
                        attempt.number(),
                        line.word() + "/" + update.phase() + "/" + now.toEpochMilli(),
                        now,
                        TraceParent.continued(input.getTraceparent(), RandomGenerator.getDefault()))
                .writeTo(record.headers());
        try {
            var unused = producer.send(record, (metadata, problem) -> {
                if (problem != null) {
                    LOG.warn("Progress was not delivered jobId={} phase={}", attempt.jobId(), update.phase(), problem);
                }
            });
        } catch (KafkaException e) {
            LOG.warn("Progress was not delivered jobId={} phase={}", attempt.jobId(), update.phase(), e);
        }
    }
}
