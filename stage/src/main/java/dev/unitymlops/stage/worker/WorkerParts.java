package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageHandler;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.children.Children;
import dev.unitymlops.stage.folders.ForgottenFolders;
import dev.unitymlops.stage.intake.ArrivedInputs;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What a started worker works with; made when it starts, because it opens connections. */
record WorkerParts(
        WorkReader reader,
        WorkView view,
        Peers peers,
        ClaimJobs claims,
        Reports reports,
        Attempts attempts,
        Presence presence,
        Cordon cordon,
        QueueMetrics metrics,
        FetchInput<?> inputs,
        Producer<String, SpecificRecord> events)
        implements AutoCloseable {

    /** Opens the connections. */
    @FunctionalInterface
    interface Maker {
        WorkerParts make(Runnable onAttemptEnd);
    }

    /**
     * What a worker is made of that outlives it.
     *
     * @param versions versions of the stage's outside tools, for its presence
     */
    record Means<I extends SpecificRecord, O extends SpecificRecord>(
            StageLine<I, O> line,
            StageHandler<I, O> handler,
            WorkerSettings settings,
            KafkaClients clients,
            TopicSettings topics,
            ArrivedInputs arrived,
            Function<RunningAttempt, Children> children,
            Map<String, String> versions,
            MeterRegistry metrics,
            Clock clock,
            LongSupplier nanoTime) {

        WorkerParts open(String id, Capacity capacity, Pauses pauses, Runnable onAttemptEnd) {
            String word = line.word();
            Path scratch = ScratchFolders.place(settings.scratch());
            ForgottenFolders.deleteIn(scratch, ScratchFolders.PREFIX);
            WorkReader reader = new WorkReader(
                    word + "-work",
                    new WorkReader.Names(
                            topics.name(line.work()), topics.name(Topics.WORKERS), topics.name(Topics.WORKER_CORDONS)),
                    clients,
                    nanoTime);
            Reports reports = new Reports(
                    topics.name(line.commands()), id, clients.producer(word + "-worker", Reports.PATIENT), nanoTime);
            // Progress and presence are told when the broker can take them and dropped when it cannot.
            Producer<String, SpecificRecord> events =
                    clients.producer(word + "-progress", Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500"));
            WorkView view = new WorkView();
            FetchInput<I> inputs = new FetchInput<>(line, clients, arrived);
            RunAttempt<I, O> run = new RunAttempt<>(
                    line,
                    handler,
                    new RunAttempt.Tools<>(
                            inputs,
                            settings.artifacts().store(),
                            scratch,
                            reports,
                            new EncodeEvent<>(clients.serializer(), topics.name(line.output())),
                            attempt -> new TellProgress(
                                    line, topics.name(Topics.JOB_PROGRESS), id, attempt, events, clock),
                            children,
                            attempt -> new AskStanding(attempt, reader::untilNow),
                            new AskQuota(settings.quotas(), view, reader::untilNow)),
                    clock);
            Attempts attempts = new Attempts(word, run, capacity, metrics, clock, onAttemptEnd);
            Peers peers = new Peers(line.stage(), Liveness.patience(settings.lease()), nanoTime);
            return new WorkerParts(
                    reader,
                    view,
                    peers,
                    new ClaimJobs(id, capacity, view, peers, settings.quotas(), jobId -> attempts.of(jobId) != null),
                    reports,
                    attempts,
                    new Presence(topics.name(Topics.WORKERS), id, line.stage(), settings, versions, events, clock),
                    new Cordon(Cordon.place(settings.host(), line.stage()), pauses.pause()),
                    new QueueMetrics(word, metrics, clock),
                    inputs,
                    events);
        }

        /** A worker of this stage under a new id. */
        Worker worker(String id) {
            Pauses pauses = new Pauses();
            Capacity capacity = new Capacity(id, settings.slots(), settings.labels(), pauses, settings.quotas());
            return new Worker(
                    line.word(), id, settings, capacity, pauses, onEnd -> open(id, capacity, pauses, onEnd), nanoTime);
        }
    }

    @Override
    public void close() {
        attempts.close();
        reader.close();
        reports.close();
        inputs.close();
        events.close(Duration.ofSeconds(5));
    }
}
