package dev.unitymlops.build.unity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.job.Actions;
import dev.unitymlops.job.BehaviorName;
import dev.unitymlops.job.Observation;
import java.io.IOException;

/** What the editor build method is asked for, as BuildSpec.cs reads it. */
public final class BuildSpecFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BuildSpecFile() {}

    /** The file's content. */
    public static String write(BuildOrder order) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(order)) + "\n";
    }

    private static ObjectNode tree(BuildOrder order) {
        ObjectNode spec = JSON.createObjectNode();
        spec.put("asset_id", order.job().getAssetSpec().getAssetId());
        spec.put("class_name", order.className());
        spec.put("behavior_name", BehaviorName.of(order.job()));
        spec.put("script", order.scriptAsset());
        ArrayNode scenes = spec.putArray("scenes");
        order.placement().getScenes().forEach(scenes::add);
        spec.put("attach_to", order.placement().getAttachTo());
        spec.put("scene", order.generatedScene() ? "generated" : null);
        ArrayNode observations = spec.putArray("observations");
        order.spaces().observations().forEach(observation -> describe(observation, observations.addObject()));
        describe(order.spaces().actions(), spec.putObject("actions"));
        spec.put("decision_period", order.placement().getDecisionPeriod());
        spec.put("max_step", order.placement().getMaxStep());
        return spec;
    }

    private static void describe(Observation observation, ObjectNode node) {
        node.put("name", observation.name());
        node.put("sensor", sensor(observation));
        node.put("size", observation.onnxShape().stream().reduce(1, Math::multiplyExact));
        ArrayNode shape = node.putArray("shape");
        observation.onnxShape().forEach(shape::add);
        switch (observation) {
            case Observation.Vector vector -> {}
            case Observation.RayCast rays -> describe(rays, node);
            case Observation.Grid grid -> describe(grid, node);
            case Observation.Camera camera -> node.put("grayscale", camera.channels() == 1);
        }
    }

    private static String sensor(Observation observation) {
        return switch (observation) {
            case Observation.Vector vector -> "vector";
            case Observation.RayCast rays -> "raycast";
            case Observation.Grid grid -> "grid";
            case Observation.Camera camera -> "camera";
        };
    }

    private static void describe(Observation.RayCast rays, ObjectNode node) {
        node.put("rays_per_direction", rays.raysPerDirection());
        node.put("ray_degrees", rays.degrees());
        node.put("ray_length", rays.lengthMetres());
        rays.tags().forEach(node.putArray("tags")::add);
    }

    private static void describe(Observation.Grid grid, ObjectNode node) {
        node.put("counting", grid.kind() == Observation.GridKind.COUNTING);
        node.put("cell_size", grid.cellSize());
        grid.tags().forEach(node.putArray("tags")::add);
    }

    private static void describe(Actions actions, ObjectNode node) {
        node.put("continuous", actions.continuous());
        actions.discreteBranches().forEach(node.putArray("discrete")::add);
        Actions.InputSystem input = actions.inputSystem();
        if (input != null) {
            node.put("input_system", true);
            node.put("input_asset", input.asset());
            node.put("input_map", input.map());
        }
    }
}
