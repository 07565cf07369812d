package dev.unitymlops.registry.onnx;

import dev.unitymlops.job.Actions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a model may answer when its actions are those of the job. */
final class DeclaredAnswer {

    /** The versions of a model that Unity's ML-Agents 2 to 4 run ({@code ModelApiVersion}). */
    private static final int OLDEST_VERSION = 2;

    private static final int NEWEST_VERSION = 3;

    /** Actions are clipped to [-1, 1] in single precision. */
    private static final double TOLERANCE = 1e-5;

    private final Actions actions;
    private final Map<String, double[]> answer;
    private final List<String> problems = new ArrayList<>();

    private DeclaredAnswer(Actions actions, Map<String, double[]> answer) {
        this.actions = actions;
        this.answer = answer;
    }

    /**
     * Everything that is wrong with the answer to one agent.
     *
     * @param memory size of the model's {@code recurrent_in}, 0 when it has none
     */
    static List<String> problems(Actions actions, long memory, Map<String, double[]> answer) {
        var declared = new DeclaredAnswer(actions, answer);
        declared.finite();
        declared.version();
        declared.memory(memory);
        if (actions.continuous() > 0) {
            declared.constants(TensorNames.CONTINUOUS_ACTION_OUTPUT_SHAPE, actions.continuous());
            declared.continuous(TensorNames.CONTINUOUS_ACTIONS);
            declared.continuous(TensorNames.DETERMINISTIC_CONTINUOUS_ACTIONS);
        }
        if (!actions.discreteBranches().isEmpty()) {
            declared.constants(
                    TensorNames.DISCRETE_ACTION_OUTPUT_SHAPE,
                    actions.discreteBranches().stream()
                            .mapToDouble(Integer::doubleValue)
                            .toArray());
            declared.discrete(TensorNames.DISCRETE_ACTIONS);
            declared.discrete(TensorNames.DETERMINISTIC_DISCRETE_ACTIONS);
        }
        return List.copyOf(declared.problems);
    }

    private void finite() {
        answer.forEach((name, numbers) -> {
            if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
                problems.add(
                        "answers zero observations with " + shown(numbers) + " in " + name + ": the training diverged");
            }
        });
    }

    private void version() {
        double[] version = answer.get(TensorNames.VERSION_NUMBER);
        if (version == null || version.length != 1 || version[0] < OLDEST_VERSION || version[0] > NEWEST_VERSION) {
            problems.add(TensorNames.VERSION_NUMBER + " is " + shown(version) + "; Unity's ML-Agents runs "
                    + OLDEST_VERSION + " to " + NEWEST_VERSION);
        }
    }

    private void memory(long size) {
        double[] found = answer.get(TensorNames.MEMORY_SIZE);
        if (!Arrays.equals(found, new double[] {size})) {
            problems.add(TensorNames.MEMORY_SIZE + " is " + shown(found) + "; its " + TensorNames.RECURRENT_IN + " has "
                    + size);
        }
    }

    private void constants(String name, double... declared) {
        double[] found = answer.get(name);
        if (!Arrays.equals(found, declared)) {
            problems.add(name + " is " + shown(found) + "; the job declares " + shown(declared));
        }
    }

    private void continuous(String name) {
        double[] found = answer.get(name);
        if (found == null) {
            return;
        }
        if (found.length != actions.continuous()) {
            problems.add(
                    name + " has " + found.length + " values for one agent; the job declares " + actions.continuous());
        } else if (Arrays.stream(found).anyMatch(value -> Math.abs(value) > 1 + TOLERANCE)) {
            problems.add(name + " is " + shown(found) + ", outside of [-1, 1]");
        }
    }

    private void discrete(String name) {
        double[] found = answer.get(name);
        List<Integer> branches = actions.discreteBranches();
        if (found == null) {
            return;
        }
        if (found.length != branches.size()) {
            problems.add(name + " has " + found.length + " values for one agent; the job declares " + branches.size()
                    + " branches");
            return;
        }
        for (int branch = 0; branch < found.length; branch++) {
            if (found[branch] < 0 || found[branch] >= branches.get(branch)) {
                problems.add(name + " chooses " + shown(found) + "; the branches have " + branches + " choices");
                return;
            }
        }
    }

    /** Whole numbers without a fraction, at most eight of them. */
    private static String shown(double @Nullable [] numbers) {
        if (numbers == null) {
            return "not there";
        }
        String shown = Arrays.stream(numbers)
                .limit(8)
                .mapToObj(number -> number == Math.rint(number) && Double.isFinite(number)
                        ? String.valueOf((long) number)
                        : String.valueOf(number))
                .collect(Collectors.joining(", "));
        return "[" + shown + (numbers.length > 8 ? ", ...]" : "]");
    }
}
