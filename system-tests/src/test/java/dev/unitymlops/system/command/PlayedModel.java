package dev.unitymlops.system.command;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.unitymlops.simulated.world.AgentAction;
import dev.unitymlops.simulated.world.KnownWorld;
import dev.unitymlops.simulated.world.Moment;
import dev.unitymlops.simulated.world.Parameters;
import dev.unitymlops.simulated.world.World;
import dev.unitymlops.simulated.world.WorldDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays a world with a model in ONNX Runtime, as a game would: one vector observation in, continuous actions out. */
final class PlayedModel {
    private PlayedModel() {}

    /** Mean reward of that many episodes, one after the other. */
    static double meanReward(Path model, WorldDefinition definition, int episodes) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.toString())) {
            World world = KnownWorld.named(definition.world()).open(definition.withAgents(1), 5, Parameters.NONE);
            Moment moment = world.reset().getFirst();
            double sum = 0;
            for (int finished = 0; finished < episodes; ) {
                List<Moment> moments = world.advance(List.of(decide(environment, session, moment)));
                sum += moments.getFirst().reward();
                finished += moments.getFirst().over() ? 1 : 0;
                moment = moments.getLast();
            }
            return sum / episodes;
        }
    }

    private static AgentAction decide(OrtEnvironment environment, OrtSession session, Moment moment)
            throws OrtException {
        List<Float> seen = moment.observations().getFirst();
        float[][] input = new float[1][seen.size()];
        for (int i = 0; i < seen.size(); i++) {
            input[0][i] = seen.get(i);
        }
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input);
                OrtSession.Result result = session.run(Map.of("obs_0", tensor))) {
            float[][] output = (float[][])
                    result.get("deterministic_continuous_actions").orElseThrow().getValue();
            List<Float> actions = new ArrayList<>();
            for (float action : output[0]) {
                actions.add(action);
            }
            return new AgentAction(actions, List.of());
        }
    }
}
