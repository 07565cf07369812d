package dev.unitymlops.registry.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A model in ONNX Runtime: one thread, no optimisation, since it runs once. One thread uses it; close it. */
final class LoadedModel implements AutoCloseable {

    /** A dimension that the caller chooses. */
    static final long ANY = -1;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, Tensor> inputs;
    private final Map<String, Tensor> outputs;

    /**
     * An input or output.
     *
     * @param shape with the batch; {@link #ANY} where the caller chooses
     */
    record Tensor(OnnxJavaType type, List<Long> shape) {

        Tensor {
            shape = List.copyOf(shape);
        }

        /** As people write shapes, {@code ?} where the caller chooses. */
        String shown() {
            return LoadedModel.shown(shape);
        }
    }

    private LoadedModel(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.inputs = tensors(session.getInputInfo());
        this.outputs = tensors(session.getOutputInfo());
    }

    /**
     * Loads the file.
     *
     * @throws OrtException when ONNX Runtime cannot run it, saying why
     */
    static LoadedModel load(OrtEnvironment environment, Path file) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OptLevel.NO_OPT);
            options.setCPUArenaAllocator(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return new LoadedModel(environment, environment.createSession(file.toString(), options));
        }
    }

    Map<String, Tensor> inputs() {
        return inputs;
    }

    Map<String, Tensor> outputs() {
        return outputs;
    }

    OrtEnvironment environment() {
        return environment;
    }

    OrtSession session() {
        return session;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    static String shown(List<Long> shape) {
        return shape.stream()
                .map(side -> side == ANY ? "?" : String.valueOf(side))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Sequences and maps have no shape: they appear as tensors of unknown type, which no space declares. */
    private static Map<String, Tensor> tensors(Map<String, NodeInfo> nodes) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        nodes.forEach((name, node) -> tensors.put(
                name,
                node.getInfo() instanceof TensorInfo info
                        ? new Tensor(
                                info.type,
                                Arrays.stream(info.getShape()).boxed().toList())
                        : new Tensor(OnnxJavaType.UNKNOWN, List.of())));
        return tensors;
    }
}
