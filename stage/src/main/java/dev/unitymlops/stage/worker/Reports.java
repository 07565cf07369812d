package dev.unitymlops.stage.worker;

import dev.unitymlops.events.BeatCommand;
import dev.unitymlops.events.ClaimCommand;
import dev.unitymlops.events.DeclineCommand;
import dev.unitymlops.events.DoneCommand;
import dev.unitymlops.events.FailedCommand;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.runtime.EventDecoder;
import dev.unitymlops.stage.StageFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the coordinator what the worker wants and how its attempts end. Thread-safe; in order per job. A report waits
 * for the broker as long as it takes: the end of a day's training must not be lost to an outage.
 */
final class Reports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.25);
    private static final String FOR_EVER = Integer.toString(Integer.MAX_VALUE);

    /** Settings of a producer that waits for the broker as long as it takes. */
    static final Map<String, String> PATIENT = Map.of(
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FOR_EVER,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, FOR_EVER);

    private final String topic;
    private final String worker;
    private final Producer<String, StageCommand> producer;
    private final LongSupplier nanoTime;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CountDownLatch closing = new CountDownLatch(1);
    private int awaited;
    private long awaitedSince;

    /**
     * Reports of a worker.
     *
     * @param topic the stage's commands on this cluster
     * @param producer with {@link #PATIENT} settings; closed with these reports
     */
    Reports(String topic, String worker, Producer<String, StageCommand> producer, LongSupplier nanoTime) {
        this.topic = topic;
        this.worker = worker;
        this.producer = producer;
        this.nanoTime = nanoTime;
    }

    /** How long the broker has not answered although it was told something; zero when there is nothing to answer. */
    synchronized Duration unanswered() {
        return awaited == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - awaitedSince);
    }

    private synchronized void asked() {
        if (awaited++ == 0) {
            awaitedSince = nanoTime.getAsLong();
        }
    }

    private synchronized void answered() {
        awaited--;
        awaitedSince = nanoTime.getAsLong();
    }

    void claim(String jobId, StageWork queued) {
        send(jobId, new ClaimCommand(queued.getRun(), queued.getVersion(), worker));
    }

    /** Takes a claim back, whether the coordinator has granted it by now or not: it reads both in this order. */
    void withdraw(String jobId, StageWork claimed) {
        send(
                jobId,
                new DeclineCommand(
                        claimed.getRun(), claimed.getAttempt() + 1, worker, 0L, "its worker left before it began"));
    }

    void decline(String jobId, StageWork held, String reason) {
        send(jobId, new DeclineCommand(held.getRun(), held.getAttempt(), worker, 0L, reason));
    }

    void beat(RunningAttempt attempt) {
        send(attempt.jobId(), new BeatCommand(attempt.run(), attempt.number(), worker));
    }

    void done(RunningAttempt attempt, ByteBuffer event) {
        send(attempt.jobId(), new DoneCommand(attempt.run(), attempt.number(), worker, event));
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
        ProducerRecord<String, StageCommand> report = new ProducerRecord<>(topic, jobId, new StageCommand(body));
        asked();
        for (int failures = 1; ; failures++) {
            try {
                var unused = producer.send(report, (metadata, problem) -> delivered(jobId, problem));
                return;
            } catch (SerializationException e) {
                if (!EventDecoder.isRegistryDown(e) || closed(OUTAGE.after(failures, random))) {
                    answered();
                    throw e;
                }
                LOG.warn("A report waits for the schema registry jobId={} failures={}", jobId, failures, e);
            } catch (RuntimeException e) {
                answered();
                throw e;
            }
        }
    }

    private void delivered(String jobId, @Nullable Exception problem) {
        answered();
        if (problem != null) {
            LOG.error("A report was not delivered, the lease will run out jobId={}", jobId, problem);
        }
    }

    /** Waits; true when these reports are closed meanwhile. */
    private boolean closed(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        producer.close(Duration.ofSeconds(10));
    }
}
