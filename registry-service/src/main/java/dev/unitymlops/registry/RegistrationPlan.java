package dev.unitymlops.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.BehaviorName;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.registry.registration.ParentModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code registration.json} of a dry run: what a real one would check and register.
 *
 * @param name parent model
 * @param inputs the inputs that its model would have to have, with their shapes
 * @param vertexModelResource the original's resource name of a dry run
 * @param reason where a real run would go and why, or what would refuse it
 */
record RegistrationPlan(
        boolean dryRun,
        String target,
        String name,
        String displayName,
        List<String> inputs,
        @Nullable String vertexModelResource,
        String reason) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** @param within what this service can register in */
    static RegistrationPlan of(TrainingCompleted trained, Destination.Within within) {
        TrainingJob job = trained.getJob();
        return new RegistrationPlan(
                true,
                Destination.target(job),
                new ParentModel(job.getAssetSpec().getAssetId(), BehaviorName.of(job)).name(),
                DisplayName.of(trained),
                Spaces.of(job).onnxInputs().stream()
                        .map(input -> input.name() + " " + input.shape())
                        .toList(),
                Destination.dryRunResource(job),
                reason(Destination.of(job, within)));
    }

    private static String reason(Destination destination) {
        return switch (destination) {
            case Destination.FileFolder file -> "dry run, nothing is registered; " + file.reason();
            case Destination.Vertex vertex -> "dry run, nothing is registered in Vertex AI";
            case Destination.Mlflow mlflow -> "dry run, nothing is registered in MLflow";
            case Destination.Nowhere nowhere -> "dry run; " + nowhere.reason();
            case Destination.Unavailable unavailable ->
                "dry run, nothing is registered; a real run would be refused: " + unavailable.message();
        };
    }

    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("registration.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
