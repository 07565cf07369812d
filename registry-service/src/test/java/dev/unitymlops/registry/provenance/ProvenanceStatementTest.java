package dev.unitymlops.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceStatementTest {

    @TempDir
    Path folder;

    @Test
    void theStatementLeadsFromTheModelBackToPlayerConfigurationAndVersions() throws Exception {
        ModelVersion version = new TestVersions(folder).of("job-1", "one");

        JsonNode statement = new ObjectMapper().readTree(ProvenanceStatement.of(version, "Reach.onnx"));

        assertThat(statement.get("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.at("/subject/0/name").asText()).isEqualTo("Reach.onnx");
        assertThat(statement.at("/subject/0/digest/sha256").asText()).isEqualTo(version.sha256());
        assertThat(statement.get("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        JsonNode definition = statement.at("/predicate/buildDefinition");
        assertThat(definition.at("/externalParameters/job_id").asText()).isEqualTo("job-1");
        assertThat(definition.at("/externalParameters/seed").asInt()).isEqualTo(42);
        assertThat(definition.get("resolvedDependencies"))
                .extracting(each -> each.get("name").asText())
                .containsExactly("player", "trainer configuration", "unity editor", "mlagents", "torch");
        assertThat(definition.at("/resolvedDependencies/0/digest/sha256").asText())
                .isEqualTo("b".repeat(64));
        assertThat(statement.at("/predicate/runDetails/metadata/invocationId").asText())
                .isEqualTo("job-1/run-1/train/attempt-1");
    }

    @Test
    void itIsTheSameTextEachTime() throws Exception {
        ModelVersion version = new TestVersions(folder).of("job-1", "one");

        assertThat(ProvenanceStatement.of(version, "Reach.onnx"))
                .isEqualTo(ProvenanceStatement.of(version, "Reach.onnx"));
    }
}
