package dev.unitymlops.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(
        named = "apicurio.home",
        matches = ".+",
        disabledReason = "the build was started with -DskipApicurio, or without Maven")
class ApicurioRegistryTest extends RegistryContract {
    @TempDir
    static Path dataDirectory;

    private static ApicurioProcess apicurio;

    @BeforeAll
    static void start() throws Exception {
        apicurio =
                ApicurioProcess.start(Path.of(System.getProperty("apicurio.home")), dataDirectory.resolve("registry"));
    }

    @AfterAll
    static void stop() throws Exception {
        apicurio.close();
    }

    @Override
    String url() {
        return apicurio.url();
    }

    @Override
    void restart() throws Exception {
        stop();
        start();
    }
}
