package dev.unitymlops.job;

import dev.unitymlops.events.TrainingJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What {@code observation_space} and {@code action_space} of a job mean; the table is in README.md.
 *
 * @param observations in the order of the job
 */
public record Spaces(List<Observation> observations, Actions actions) {
    /** Smallest side of a picture that each of the trainer's encoders takes (facts of ML-Agents: MIN_RESOLUTION). */
    private static final int SIMPLE_SIDE = 20;

    private static final int MATCH3_SIDE = 5;

    /**
     * ML-Agents sorts sensors by name with .NET's invariant culture: letters without regard to case, underscore before
     * digits before letters. For the names allowed here that is this order.
     */
    private static final Comparator<Tensor> BY_SENSOR_NAME = Comparator.comparing(
            tensor -> tensor.name().toLowerCase(Locale.ROOT).replace('_', ' '));

    public Spaces {
        observations = List.copyOf(observations);
    }

    /** A named tensor and its shape without the batch. */
    public record Tensor(String name, List<Integer> shape) {
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /**
     * The spaces of a job that {@link JobRules} accepts.
     *
     * @throws IllegalArgumentException when the job's spaces mean nothing, with every reason
     */
    public static Spaces of(TrainingJob job) {
        Findings findings = new Findings();
        Spaces spaces = read(job, findings);
        if (findings.hasProblems()) {
            throw new IllegalArgumentException("spaces of no meaning: " + findings.problems());
        }
        return spaces;
    }

    static Spaces read(TrainingJob job, Findings findings) {
        List<Observation> observations =
                ObservationReader.read(job.getAssetSpec().getObservationSpace(), findings);
        Actions actions = ActionReader.read(job.getAssetSpec().getActionSpace(), findings);
        return new Spaces(observations, actions);
    }

    /** Size of the agent's one vector observation: all {@link Observation.Vector}s one behind the other. */
    public int vectorSize() {
        return observations.stream()
                .filter(observation -> !observation.ownSensor())
                .mapToInt(observation -> observation.onnxShape().getFirst())
                .sum();
    }

    /**
     * The agent's sensors in the order in which the trainer sees them: by name (ML-Agents, SensorUtils.SortSensors). The
     * vector observation is the sensor {@code VectorSensor_size<n>}.
     */
    public List<Tensor> sensors() {
        List<Tensor> sensors = new ArrayList<>();
        if (vectorSize() > 0) {
            sensors.add(new Tensor("VectorSensor_size" + vectorSize(), List.of(vectorSize())));
        }
        observations.stream()
                .filter(Observation::ownSensor)
                .forEach(observation -> sensors.add(new Tensor(observation.name(), observation.onnxShape())));
        sensors.sort(BY_SENSOR_NAME);
        return List.copyOf(sensors);
    }

    /**
     * Inputs of a model trained for these spaces: {@code obs_0}, {@code obs_1}, ... in the order of {@link #sensors()},
     * then {@code action_masks} when there are discrete actions. A model with memory has {@code recurrent_in} besides, and
     * an input that the graph does not use is absent.
     */
    public List<Tensor> onnxInputs() {
        List<Tensor> inputs = new ArrayList<>();
        for (Tensor sensor : sensors()) {
            inputs.add(new Tensor("obs_" + inputs.size(), sensor.shape()));
        }
        if (actions.maskSize() > 0) {
            inputs.add(new Tensor("action_masks", List.of(actions.maskSize())));
        }
        return List.copyOf(inputs);
    }

    /** Whether the player must render: then it cannot run with {@code -nographics}. */
    public boolean needsGraphics() {
        return observations.stream().anyMatch(Observation.Camera.class::isInstance);
    }

    /** {@code vis_encode_type} for the smallest picture or grid: the trainer's default {@code simple} where it fits. */
    public String visualEncoder() {
        int side = observations.stream()
                .filter(observation -> observation.onnxShape().size() == 3)
                .flatMap(observation -> observation.onnxShape().stream().skip(1))
                .min(Comparator.naturalOrder())
                .orElse(SIMPLE_SIDE);
        if (side >= SIMPLE_SIDE) {
            return "simple";
        }
        return side >= MATCH3_SIDE ? "match3" : "fully_connected";
    }
}
