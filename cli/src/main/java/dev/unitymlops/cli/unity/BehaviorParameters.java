package dev.unitymlops.cli.unity;

import dev.unitymlops.registry.onnx.ModelSpaces;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to set on the component Behavior Parameters of an agent that is to act by a model.
 *
 * @param model path of the asset
 * @param spaces what the model observes and decides; null when it does not tell
 */
public record BehaviorParameters(
        String model,
        String behaviorName,
        String behaviorType,
        String inferenceDevice,
        @Nullable ModelSpaces spaces) {

    static BehaviorParameters of(String asset, String behavior, @Nullable ModelSpaces spaces) {
        boolean pictures = spaces != null && spaces.observations().stream().anyMatch(shape -> shape.size() > 1);
        return new BehaviorParameters(asset, behavior, "Inference Only", pictures ? "Compute Shader" : "Burst", spaces);
    }

    /** For people, a line each. */
    public List<String> lines() {
        return List.of(
                "Behavior Name      " + behaviorName,
                "Model              " + model,
                "Inference Device   " + inferenceDevice,
                "Behavior Type      " + behaviorType,
                "Vector Observation " + observations(),
                "Actions            " + actions());
    }

    private String observations() {
        if (spaces == null) {
            return "as in the training";
        }
        List<Long> vectors = spaces.observations().stream()
                .filter(shape -> shape.size() == 1)
                .map(List::getFirst)
                .toList();
        if (vectors.isEmpty()) {
            return "Space Size 0";
        }
        String sizes = vectors.stream().map(String::valueOf).collect(Collectors.joining(" or "));
        return "Space Size times Stacked Vectors is " + sizes
                + (vectors.size() == 1 ? "" : "; the others are of sensor components");
    }

    private String actions() {
        if (spaces == null) {
            return "as in the training";
        }
        return "Continuous " + spaces.continuous() + ", Discrete Branches "
                + (spaces.discreteBranches().isEmpty()
                        ? "0"
                        : spaces.discreteBranches().size() + " of sizes "
                                + spaces.discreteBranches().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")));
    }
}
