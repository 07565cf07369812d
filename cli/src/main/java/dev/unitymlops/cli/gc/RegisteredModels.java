package dev.unitymlops.cli.gc;

import dev.unitymlops.cli.models.AskRegistry;
import dev.unitymlops.cli.terminal.Json;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.RegisteredVersion;
import dev.unitymlops.stage.artifacts.AttemptResult;
import dev.unitymlops.stage.artifacts.AttemptResult.Ending;
import dev.unitymlops.stage.artifacts.JobFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What registered models come from: as the registry says, and as the registrations that are in the store say. */
final class RegisteredModels {

    private RegisteredModels() {}

    /** Adds what each version names, whatever state it is in. */
    static void nameIn(Named registered, ModelRegistry registry) throws InterruptedException {
        String word = registry.word();
        for (ParentModel parent : AskRegistry.of(word, registry::parents)) {
            Optional<ModelHistory> history = AskRegistry.of(word, () -> registry.history(parent));
            for (ModelHistory.Line line : history.map(ModelHistory::versions).orElse(List.of())) {
                Optional<RegisteredVersion> version =
                        AskRegistry.of(word, () -> registry.version(parent, line.version()));
                version.ifPresent(it -> registered.paths(Json.tree(Json.line(it))));
            }
        }
    }

    /** Adds what this job's registrations name, in whatever registry; of one that cannot be understood the whole job. */
    static void nameIn(Named registered, JobFolder job) throws IOException {
        for (int run : job.runs()) {
            if (!job.unreadable(run, Stage.REGISTRY).isEmpty()) {
                registered.job(job.jobId());
            }
            for (AttemptResult result : job.results(run, Stage.REGISTRY)) {
                if (result.ending() instanceof Ending.Succeeded succeeded
                        && succeeded.event() instanceof ModelRegistered event
                        && !event.getModels().isEmpty()) {
                    registered.paths(event);
                }
            }
        }
    }
}
