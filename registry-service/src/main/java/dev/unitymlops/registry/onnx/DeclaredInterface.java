package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OnnxJavaType;
import dev.unitymlops.job.Actions;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.registry.onnx.LoadedModel.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs and outputs that a model has when it was trained for these spaces, as Unity's ML-Agents checks them before
 * it runs one.
 */
final class DeclaredInterface {

    /** Far above any memory_size that trains, and few enough floats for one inference. */
    private static final long LARGEST_MEMORY = 1 << 16;

    private final Spaces spaces;
    private final LoadedModel model;
    private final List<String> problems = new ArrayList<>();

    private DeclaredInterface(Spaces spaces, LoadedModel model) {
        this.spaces = spaces;
        this.model = model;
    }

    /** Every difference between what the spaces declare and what the model has. */
    static List<String> problems(Spaces spaces, LoadedModel model) {
        var declared = new DeclaredInterface(spaces, model);
        declared.inputs();
        declared.memory();
        declared.outputs();
        return List.copyOf(declared.problems);
    }

    private void inputs() {
        List<Spaces.Tensor> expected = spaces.onnxInputs();
        for (Spaces.Tensor input : expected) {
            Tensor found = model.inputs().get(input.name());
            if (found == null) {
                problems.add("has no input " + input.name() + "; the job declares it with shape "
                        + shown(batchOf(input.shape())));
            } else {
                input(input.name(), found, batchOf(input.shape()));
            }
        }
        model.inputs().forEach((name, tensor) -> {
            boolean known = name.equals(TensorNames.RECURRENT_IN)
                    || expected.stream().anyMatch(input -> input.name().equals(name));
            if (!known) {
                problems.add("has an input " + name + " " + tensor.shown() + " that the job does not declare");
            }
        });
    }

    private void memory() {
        Tensor memory = model.inputs().get(TensorNames.RECURRENT_IN);
        if (memory == null) {
            return;
        }
        long size = memory.shape().size() == 3 ? memory.shape().getLast() : LoadedModel.ANY;
        if (size < 1 || size > LARGEST_MEMORY) {
            problems.add("input " + TensorNames.RECURRENT_IN + " has shape " + memory.shown()
                    + "; it is [?, 1, memory size], the size from 1 to " + LARGEST_MEMORY);
        } else {
            input(TensorNames.RECURRENT_IN, memory, List.of(LoadedModel.ANY, 1L, size));
            require(TensorNames.RECURRENT_OUT, "it has a memory");
        }
    }

    private void input(String name, Tensor found, List<Long> expected) {
        if (found.type() != OnnxJavaType.FLOAT) {
            problems.add("input " + name + " is of type " + found.type() + ", not FLOAT");
        }
        if (!found.shape().equals(expected)) {
            problems.add("input " + name + " has shape " + found.shown() + "; the job declares " + shown(expected)
                    + (fixedBatch(found.shape(), expected) ? ": the batch must be open" : ""));
        }
    }

    private static boolean fixedBatch(List<Long> found, List<Long> expected) {
        return found.size() == expected.size() && found.getFirst() != LoadedModel.ANY;
    }

    private void outputs() {
        Actions actions = spaces.actions();
        require(TensorNames.VERSION_NUMBER, "every model of ML-Agents does");
        require(TensorNames.MEMORY_SIZE, "every model of ML-Agents does");
        if (actions.continuous() > 0) {
            require(TensorNames.CONTINUOUS_ACTIONS, "the job declares continuous actions");
            require(TensorNames.CONTINUOUS_ACTION_OUTPUT_SHAPE, "the job declares continuous actions");
        } else {
            refuse(TensorNames.CONTINUOUS_ACTIONS, "continuous");
        }
        if (!actions.discreteBranches().isEmpty()) {
            require(TensorNames.DISCRETE_ACTIONS, "the job declares discrete actions");
            require(TensorNames.DISCRETE_ACTION_OUTPUT_SHAPE, "the job declares discrete actions");
        } else {
            refuse(TensorNames.DISCRETE_ACTIONS, "discrete");
        }
    }

    private void require(String output, String why) {
        if (!model.outputs().containsKey(output)) {
            problems.add("has no output " + output + ": " + why);
        }
    }

    private void refuse(String output, String kind) {
        if (model.outputs().containsKey(output)) {
            problems.add("has an output " + output + ", but the job declares no " + kind + " actions");
        }
    }

    private static List<Long> batchOf(List<Integer> shape) {
        return Stream.concat(Stream.of(LoadedModel.ANY), shape.stream().map(Integer::longValue))
                .toList();
    }

    private static String shown(List<Long> shape) {
        return LoadedModel.shown(shape);
    }
}
