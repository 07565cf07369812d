package dev.unitymlops.simulated.player;

import dev.unitymlops.simulated.wire.ActionSpecProto;
import dev.unitymlops.simulated.wire.AgentActionProto;
import dev.unitymlops.simulated.wire.AgentInfoProto;
import dev.unitymlops.simulated.wire.BrainParametersProto;
import dev.unitymlops.simulated.wire.HeaderProto;
import dev.unitymlops.simulated.wire.ObservationProto;
import dev.unitymlops.simulated.wire.UnityMessageProto;
import dev.unitymlops.simulated.wire.UnityOutputProto;
import dev.unitymlops.simulated.wire.UnityRLCapabilitiesProto;
import dev.unitymlops.simulated.wire.UnityRLInitializationOutputProto;
import dev.unitymlops.simulated.wire.UnityRLInputProto;
import dev.unitymlops.simulated.wire.UnityRLOutputProto;
import dev.unitymlops.simulated.world.AgentAction;
import dev.unitymlops.simulated.world.Moment;
import dev.unitymlops.simulated.world.Moment.Ending;
import dev.unitymlops.simulated.world.SensorSpec;
import dev.unitymlops.simulated.world.WorldDefinition;
import java.util.List;
import java.util.stream.IntStream;

/** Writes what one behaviour says to the trainer and reads its answers. */
final class Messages {

    /** Header status for "go on"; any other means stop. */
    static final int OK = 200;

    /** What this player speaks; a trainer refuses another major number. */
    private static final String COMMUNICATION_VERSION = "1.5.0";

    /** The com.unity.ml-agents package whose player this one stands in for. */
    private static final String PACKAGE_VERSION = "4.0.0";

    /** "No special property", ML-Agents' flag for a plain dimension. */
    private static final int PLAIN_DIMENSION = 1;

    private final WorldDefinition definition;
    private final List<SensorSpec> sensors;

    Messages(WorldDefinition definition, List<SensorSpec> sensors) {
        this.definition = definition;
        this.sensors = sensors;
    }

    /** The first message: who speaks and what it can do. */
    static UnityMessageProto greeting() {
        return message(UnityOutputProto.newBuilder()
                .setRlInitializationOutput(UnityRLInitializationOutputProto.newBuilder()
                        .setName("AcademySingleton")
                        .setCommunicationVersion(COMMUNICATION_VERSION)
                        .setPackageVersion(PACKAGE_VERSION)
                        .setCapabilities(UnityRLCapabilitiesProto.newBuilder()
                                .setBaseRLCapabilities(true)
                                .setConcatenatedPngObservations(true)
                                .setCompressedChannelMapping(true)
                                .setHybridActions(true)
                                .setTrainingAnalytics(true)
                                .setVariableLengthObservation(true)
                                .setMultiAgentGroups(true))));
    }

    /** The second message: ready for the first input. */
    static UnityMessageProto ready() {
        return UnityMessageProto.newBuilder()
                .setHeader(HeaderProto.newBuilder().setStatus(OK))
                .build();
    }

    /** What the agents say, with the action space where the trainer does not know the behaviour yet. */
    UnityMessageProto moments(List<Moment> moments, boolean announce) {
        UnityRLOutputProto.ListAgentInfoProto.Builder infos = UnityRLOutputProto.ListAgentInfoProto.newBuilder();
        moments.forEach(moment -> infos.addValue(info(moment)));
        UnityOutputProto.Builder output = UnityOutputProto.newBuilder()
                .setRlOutput(UnityRLOutputProto.newBuilder().putAgentInfos(definition.qualifiedName(), infos.build()));
        if (announce) {
            output.setRlInitializationOutput(
                    UnityRLInitializationOutputProto.newBuilder().addBrainParameters(brain()));
        }
        return message(output);
    }

    /** The decisions for this behaviour, in the order of the requests. */
    List<AgentAction> actions(UnityRLInputProto input) {
        return input
                .getAgentActionsOrDefault(
                        definition.qualifiedName(), UnityRLInputProto.ListAgentActionProto.getDefaultInstance())
                .getValueList()
                .stream()
                .map(Messages::action)
                .toList();
    }

    private BrainParametersProto brain() {
        return BrainParametersProto.newBuilder()
                .setBrainName(definition.qualifiedName())
                .setIsTraining(true)
                .setActionSpec(ActionSpecProto.newBuilder()
                        .setNumContinuousActions(definition.actions().continuous())
                        .setNumDiscreteActions(definition.actions().branches().size())
                        .addAllDiscreteBranchSizes(definition.actions().branches()))
                .build();
    }

    private AgentInfoProto info(Moment moment) {
        return AgentInfoProto.newBuilder()
                .setId(moment.episode())
                .setReward(moment.reward())
                .setDone(moment.over())
                .setMaxStepReached(moment.ending() == Ending.STEP_LIMIT)
                .addAllObservations(IntStream.range(0, sensors.size())
                        .mapToObj(index -> observation(
                                sensors.get(index), moment.observations().get(index)))
                        .toList())
                .build();
    }

    private static ObservationProto observation(SensorSpec sensor, List<Float> values) {
        return ObservationProto.newBuilder()
                .setName(sensor.name())
                .addShape(sensor.size())
                .addDimensionProperties(PLAIN_DIMENSION)
                .setFloatData(ObservationProto.FloatData.newBuilder().addAllData(values))
                .build();
    }

    private static AgentAction action(AgentActionProto action) {
        return new AgentAction(action.getContinuousActionsList(), action.getDiscreteActionsList());
    }

    private static UnityMessageProto message(UnityOutputProto.Builder output) {
        return ready().toBuilder().setUnityOutput(output).build();
    }
}
