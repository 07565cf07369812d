package dev.unitymlops.registry;

import dev.unitymlops.events.Registration;
import dev.unitymlops.events.RegistrationGates;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares a training with what its job demands of it. */
final class Judge {

    private final @Nullable ModelRegistry registry;

    /** @param registry whose versions in production the training is compared with; null: with none */
    Judge(@Nullable ModelRegistry registry) {
        this.registry = registry;
    }

    /** Each gate that the training misses, with what was demanded and what was reached; empty when none. */
    List<String> missed(TrainingCompleted trained) throws StageFailure, IOException, InterruptedException {
        Gates gates = Gates.of(gatesOf(trained));
        Lineage.Metrics metrics =
                Lineage.Metrics.ofNullable(trained.getTraining().getMetrics());
        Stream.Builder<Gates.Result> results = Stream.builder();
        gates.judge(metrics, null).forEach(results);
        if (registry != null && gates.maxRegression() != null) {
            for (ParentModel parent : TrainedModels.parents(trained)) {
                Optional<Gates.Production> production = production(registry, parent);
                if (production.isPresent()) {
                    gates.judge(metrics, production.get()).forEach(results);
                }
            }
        }
        return results.build()
                .filter(result -> !result.passed())
                .map(Gates.Result::says)
                .distinct()
                .toList();
    }

    private static Optional<Gates.Production> production(ModelRegistry registry, ParentModel parent)
            throws StageFailure, IOException, InterruptedException {
        Optional<Integer> number = registry.history(parent).flatMap((ModelHistory it) -> it.with(Aliases.PRODUCTION));
        return number.isEmpty()
                ? Optional.empty()
                : registry.version(parent, number.get()).map(RegisteredVersion::asProduction);
    }

    /** Whether a model that misses a gate is registered all the same, as a rejected one. */
    static boolean registersRejected(TrainingCompleted trained) {
        RegistrationGates gates = gatesOf(trained);
        return gates != null && gates.getOnFailure().equals("rejected");
    }

    static boolean needsApproval(TrainingJob job) {
        Registration registration = job.getRegistration();
        return registration != null && "manual".equals(registration.getApproval());
    }

    static @Nullable RegistrationGates gatesOf(TrainingCompleted trained) {
        Registration registration = trained.getJob().getRegistration();
        return registration == null ? null : registration.getGates();
    }
}
