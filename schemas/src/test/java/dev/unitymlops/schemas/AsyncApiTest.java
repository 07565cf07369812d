package dev.unitymlops.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** asyncapi.yaml says what the sources say; {@code -Dasyncapi.write} writes it anew. */
class AsyncApiTest {
    private static final Path DOCUMENT = Contract.inModule("asyncapi.yaml");

    @Test
    void isWhatTheSourcesSay() throws IOException {
        String generated = new AsyncApiDocument(version(), Contract.valueSchemas()).yaml();
        if (System.getProperty("asyncapi.write") != null) {
            Files.writeString(DOCUMENT, generated);
        }
        assertThat(DOCUMENT)
                .as("asyncapi.yaml; write it anew with ./mvnw -pl schemas test -Dtest=AsyncApiTest -Dasyncapi.write")
                .hasContent(generated);
    }

    /** The version that is being worked on. */
    private static String version() {
        return System.getProperty("project.version", "0.1.0-SNAPSHOT").replace("-SNAPSHOT", "");
    }
}
