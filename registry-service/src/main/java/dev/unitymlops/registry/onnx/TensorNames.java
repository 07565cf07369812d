package dev.unitymlops.registry.onnx;

/** Names that ML-Agents gives the inputs and outputs of a model (model_serialization.py, {@code TensorNames}). */
final class TensorNames {

    static final String ACTION_MASKS = "action_masks";
    static final String RECURRENT_IN = "recurrent_in";
    static final String RECURRENT_OUT = "recurrent_out";
    static final String VERSION_NUMBER = "version_number";
    static final String MEMORY_SIZE = "memory_size";
    static final String CONTINUOUS_ACTIONS = "continuous_actions";
    static final String CONTINUOUS_ACTION_OUTPUT_SHAPE = "continuous_action_output_shape";
    static final String DISCRETE_ACTIONS = "discrete_actions";
    static final String DISCRETE_ACTION_OUTPUT_SHAPE = "discrete_action_output_shape";
    static final String DETERMINISTIC_CONTINUOUS_ACTIONS = "deterministic_continuous_actions";
    static final String DETERMINISTIC_DISCRETE_ACTIONS = "deterministic_discrete_actions";

    private TensorNames() {}
}
