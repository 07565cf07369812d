package dev.unitymlops.registry.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a genuine MLflow server to tests, one for all of them; it ends with the last. */
final class GenuineMlflow implements ExecutionCondition, ParameterResolver {

    /** The {@code mlflow} command that {@code .ci/mlflow-env} prints. */
    private static final String COMMAND = "MLOPS_MLFLOW";

    private static final String MISSING =
            COMMAND + " names no mlflow command: export " + COMMAND + "=$(.ci/mlflow-env)";
    private static final String REQUIRED = "MLOPS_REQUIRE_MLFLOW";
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(GenuineMlflow.class);

    private record Running(MlflowProcess process, Path home) implements AutoCloseable {
        @Override
        public void close() throws IOException, InterruptedException {
            process.close();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MlflowProcess.class;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (command().isPresent() || "true".equals(System.getenv(REQUIRED))) {
            return ConditionEvaluationResult.enabled("there is an mlflow command, or there must be one");
        }
        System.out.println("The tests on MLflow's own server are skipped: " + MISSING);
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public MlflowProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Path command = command().orElseThrow(() -> new IllegalStateException(REQUIRED + " is true, but " + MISSING));
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Running.class, key -> start(command), Running.class)
                .process();
    }

    private static Optional<Path> command() {
        String command = System.getenv(COMMAND);
        return command == null || command.isBlank() ? Optional.empty() : Optional.of(Path.of(command));
    }

    private static Running start(Path command) {
        try {
            Path home = Files.createTempDirectory("mlflow-");
            return new Running(MlflowProcess.start(command, home), home);
        } catch (IOException e) {
            throw new IllegalStateException("no MLflow server", e);
        }
    }
}
