package dev.unitymlops.stage.worker;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.stage.StageFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the coordinator what the worker wants and how its attempts end. Thread-safe; in order per job. A report waits
 * for the broker as long as it takes: the end of a day's training must not be lost to an outage.
 */
final class Reports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final String FOR_EVER = Integer.toString(Integer.MAX_VALUE);

    private final String topic;
    private final String worker;
    private final Producer<String, StageCommand> producer;
    private final LongSupplier nanoTime;
    private final AtomicLong lastAnswer;

    Reports(String stage, String topic, String worker, KafkaClients clients, LongSupplier nanoTime) {
        this.topic = topic;
        this.worker = worker;
        this.nanoTime = nanoTime;
        this.lastAnswer = new AtomicLong(nanoTime.getAsLong());
        this.producer = clients.producer(
                stage + "-worker",
                Map.of(
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FOR_EVER,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, FOR_EVER));
    }

    /** How long the broker has not answered. */
    Duration sinceLastAnswer() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastAnswer.get());
    }

    void claim(String jobId, StageWork queued) {
        send(jobId, new ClaimCommand(queued.getRun(), queued.getVersion(), worker));
    }

    void decline(String jobId, StageWork held, String reason) {
        send(jobId, new DeclineCommand(held.getRun(), held.getAttempt(), worker, 0L, reason));
    }

    void beat(RunningAttempt attempt) {
        send(attempt.jobId(), new BeatCommand(attempt.run(), attempt.number(), worker));
    }

    void done(RunningAttempt attempt, byte[] event) {
        send(attempt.jobId(), new DoneCommand(attempt.run(), attempt.number(), worker, ByteBuffer.wrap(event)));
    }

    void failed(RunningAttempt attempt, StageFailure failure, @Nullable String artifacts, Instant startedAt) {
        boolean waits = failure.retry() == StageFailure.Retry.WAIT;
        send(
                attempt.jobId(),
                FailedCommand.newBuilder()
                        .setRun(attempt.run())
                        .setAttempt(attempt.number())
                        .setWorker(worker)
                        .setRetry(failure.retry() != StageFailure.Retry.NEVER)
                        .setRetryAfterMs(waits ? StageFailure.WAIT_TIME.toMillis() : 0)
                        .setUsesAttempt(!waits)
                        .setCause(failure.failureCause())
                        .setMessages(failure.messages())
                        .setLogTail(failure.logTail())
                        .setArtifacts(artifacts)
                        .setProduced(failure.produced())
                        .setStartedAt(startedAt)
                        .build());
    }

    void cancelled(RunningAttempt attempt, @Nullable String artifacts, Instant startedAt) {
        failed(
                attempt,
                StageFailure.of(FailureCause.CANCELLED, StageFailure.Retry.NEVER, "cancelled while it ran"),
                artifacts,
                startedAt);
    }

    private void send(String jobId, Object body) {
        var unused = producer.send(new ProducerRecord<>(topic, jobId, new StageCommand(body)), (metadata, problem) -> {
            if (problem == null) {
                lastAnswer.set(nanoTime.getAsLong());
            } else {
                LOG.error("A report was not delivered, the lease will run out jobId={}", jobId, problem);
            }
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
