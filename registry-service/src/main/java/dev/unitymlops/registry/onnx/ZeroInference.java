package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One inference for one agent that observes zeros and may choose every action. */
final class ZeroInference {

    /** No policy says more to one agent; what is larger is not read. */
    private static final long MOST_VALUES = 1 << 20;

    private ZeroInference() {}

    /**
     * Runs the model and returns the numbers of each output.
     *
     * @param model one whose inputs are as declared
     * @throws OrtException when ONNX Runtime cannot run it
     */
    static Map<String, double[]> run(LoadedModel model) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (var input : model.inputs().entrySet()) {
                inputs.put(
                        input.getKey(),
                        zeros(model, input.getKey(), input.getValue().shape()));
            }
            try (OrtSession.Result result = model.session().run(inputs)) {
                Map<String, double[]> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), numbers(output.getValue()));
                }
                return outputs;
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor zeros(LoadedModel model, String name, List<Long> shape) throws OrtException {
        long[] single = shape.stream()
                .mapToLong(side -> side == LoadedModel.ANY ? 1 : side)
                .toArray();
        float[] values = new float[Math.toIntExact(Arrays.stream(single).reduce(1, Math::multiplyExact))];
        Arrays.fill(values, name.equals(TensorNames.ACTION_MASKS) ? 1 : 0);
        return OnnxTensor.createTensor(model.environment(), FloatBuffer.wrap(values), single);
    }

    /** Empty when it is no tensor of numbers that actions are made of. */
    private static double[] numbers(OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor) || tensor.getInfo().getNumElements() > MOST_VALUES) {
            return new double[0];
        }
        return switch (tensor.getInfo().type) {
            case FLOAT -> numbers(tensor.getFloatBuffer());
            case INT64 -> numbers(tensor.getLongBuffer());
            case INT32 -> numbers(tensor.getIntBuffer());
            default -> new double[0];
        };
    }

    private static double[] numbers(FloatBuffer buffer) {
        double[] numbers = new double[buffer.remaining()];
        Arrays.setAll(numbers, buffer::get);
        return numbers;
    }

    private static double[] numbers(LongBuffer buffer) {
        double[] numbers = new double[buffer.remaining()];
        Arrays.setAll(numbers, buffer::get);
        return numbers;
    }

    private static double[] numbers(IntBuffer buffer) {
        double[] numbers = new double[buffer.remaining()];
        Arrays.setAll(numbers, buffer::get);
        return numbers;
    }
}
