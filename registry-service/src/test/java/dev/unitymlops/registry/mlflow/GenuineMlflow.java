package dev.unitymlops.registry.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a genuine MLflow server to tests, one for all of them; it ends with the last. */
final class GenuineMlflow implements ParameterResolver {

    /** The {@code mlflow} command that {@code .ci/mlflow-env} prints. */
    private static final String COMMAND = "MLOPS_MLFLOW";

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
    public MlflowProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String command = System.getenv(COMMAND);
        if (command == null || command.isBlank()) {
            String reason = COMMAND + " names no mlflow command: export " + COMMAND + "=$(.ci/mlflow-env)";
            if ("true".equals(System.getenv(REQUIRED))) {
                Assertions.fail(REQUIRED + " is true, but " + reason);
            }
            Assumptions.abort(reason);
        }
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Running.class, key -> start(Path.of(command)), Running.class)
                .process();
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
