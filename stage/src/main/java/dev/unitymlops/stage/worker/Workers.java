package dev.unitymlops.stage.worker;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.stage.StageService;
import dev.unitymlops.stage.children.SupervisedChildren;
import dev.unitymlops.stage.intake.ArrivedInputs;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;

/** Makes the worker of a stage's service. */
public final class Workers {

    private Workers() {}

    /** A worker under a random id, new at every start of the process. */
    public static <I extends SpecificRecord, O extends SpecificRecord> Worker of(
            StageService<I, O> service,
            KafkaClients clients,
            ArrivedInputs arrived,
            MeterRegistry metrics,
            Clock clock,
            LongSupplier nanoTime) {
        return new WorkerParts.Means<>(
                        service.line(),
                        service.handler(),
                        service.config().worker(),
                        clients,
                        service.config().topics(),
                        arrived,
                        attempt -> new SupervisedChildren(attempt::stopGrace),
                        service.versions(),
                        metrics,
                        clock,
                        nanoTime)
                .worker(UUID.randomUUID().toString());
    }
}
