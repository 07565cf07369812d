package dev.unitymlops.stage;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.RequireCluster;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.coordinator.Coordinator;
import dev.unitymlops.stage.coordinator.CoordinatorSettings;
import dev.unitymlops.stage.coordinator.CountDecisions;
import dev.unitymlops.stage.coordinator.LocalWorker;
import dev.unitymlops.stage.coordinator.TrimCommands;
import dev.unitymlops.stage.intake.Admission;
import dev.unitymlops.stage.intake.ArrivedInputs;
import dev.unitymlops.stage.intake.Intake;
import dev.unitymlops.stage.intake.IntakeSettings;
import dev.unitymlops.stage.worker.WatchSpace;
import dev.unitymlops.stage.worker.Worker;
import dev.unitymlops.stage.worker.Workers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * A stage's service: its topics, worker, coordinator and intake around one handler.
 *
 * @param admission what the stage has against a job beside the rules that hold everywhere
 * @param versions versions of the stage's outside tools, shown in its workers' presence
 */
public record StageService<I extends SpecificRecord, O extends SpecificRecord>(
        StageLine<I, O> line,
        StageHandler<I, O> handler,
        Admission admission,
        StageConfig config,
        Map<String, String> versions) {

    /** Input events kept for the worker of the same process. */
    private static final int INPUTS_KEPT = 256;

    /** The parts in the order in which they start. */
    public List<Component> components(Metrics metrics) {
        KafkaClients clients = new KafkaClients(config.kafka());
        ArrivedInputs arrived = new ArrivedInputs(INPUTS_KEPT);
        List<Component> parts = new ArrayList<>();
        parts.add(new RequireCluster(clients, config.topics(), StageUse.of(line), Topics.allWithDeadLetters()));
        LocalWorker local = LocalWorker.NONE;
        if (config.roles().works()) {
            Worker worker = Workers.of(this, clients, arrived, metrics.registry(), Clock.systemUTC(), System::nanoTime);
            local = worker.local();
            parts.add(WatchSpace.of(worker, line.word(), config.worker(), metrics.registry()));
            parts.add(worker);
        }
        if (config.roles().coordinates()) {
            parts.add(new CheckRetention(line, clients, config.topics(), config.duplicateHorizon()));
            CoordinatorSettings settings = new CoordinatorSettings(
                    config.worker().lease(),
                    config.duplicateHorizon(),
                    config.order(),
                    System::nanoTime,
                    local,
                    new CountDecisions(line.word(), metrics.registry()));
            parts.add(Coordinator.of(
                    line,
                    clients,
                    config.topics(),
                    settings,
                    config.worker().scratch().resolve("streams"),
                    metrics.registry()));
            parts.add(new TrimCommands(line, clients, config.topics()));
            parts.add(new Intake<>(
                    line,
                    clients,
                    new IntakeSettings(config.topics(), config.worker().lease()),
                    admission,
                    arrived,
                    metrics.registry(),
                    Clock.systemUTC()));
        }
        return List.copyOf(parts);
    }
}
