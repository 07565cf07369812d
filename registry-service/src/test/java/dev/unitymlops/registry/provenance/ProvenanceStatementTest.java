package dev.unitymlops.registry.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.TestVersions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceStatementTest {

    @TempDir
    Path folder;

    private ModelVersion version;
    private JsonNode statement;

    @BeforeEach
    void makeStatement() throws Exception {
        version = new TestVersions(folder).of("job-1", "one");
        statement = new ObjectMapper().readTree(ProvenanceStatement.of(version, "Reach.onnx"));
    }

    @Test
    void itIsAboutTheModelFile() {
        assertThat(statement.get("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.at("/subject/0/name").asText()).isEqualTo("Reach.onnx");
        assertThat(statement.at("/subject/0/digest/sha256").asText()).isEqualTo(version.sha256());
        assertThat(statement.get("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
    }

    @Test
    void itLeadsBackToTheSceneAndItsSchedule() {
        JsonNode parameters = statement.at("/predicate/buildDefinition/externalParameters");

        assertThat(parameters.get("job_id").asText()).isEqualTo("job-1");
        assertThat(parameters.get("schedule_id").asText()).isEqualTo("nightly");
        assertThat(parameters.get("seed").asInt()).isEqualTo(42);
        assertThat(parameters.get("unity_project_path").asText()).isEqualTo("projects/arena");
        assertThat(parameters.at("/scenes/0").asText()).isEqualTo("Assets/Arena.unity");
        assertThat(parameters.get("attach_to").asText()).isEqualTo("Arena/Agent");
    }

    @Test
    void everythingThatWasReadIsADependency() {
        JsonNode dependencies = statement.at("/predicate/buildDefinition/resolvedDependencies");

        assertThat(dependencies)
                .extracting(
                        each -> each.get("name").asText(),
                        each -> each.at("/digest/sha256").asText())
                .containsExactly(
                        tuple("player", "b".repeat(64)),
                        tuple("trainer configuration", "a".repeat(64)),
                        tuple("demonstration", "d".repeat(64)),
                        tuple("resumed-checkpoint", "e".repeat(64)),
                        tuple("unity editor", ""),
                        tuple("communicator", ""),
                        tuple("mlagents", ""),
                        tuple("torch", ""));
        assertThat(dependencies)
                .extracting(each -> each.path("uri").asText())
                .contains("file:///recordings/first.demo", "pkg:generic/unity-editor@6000.0.1f1", "pkg:pypi/torch@2.1");
        assertThat(dependencies.at("/0/annotations/executable").asText()).isEqualTo("Reach.x86_64");
        assertThat(dependencies.at("/0/annotations/built_by").asText()).isEqualTo("job-1/run-1/build/attempt-2");
    }

    @Test
    void theRunTellsItsTimesAndWhatItLeft() {
        JsonNode details = statement.at("/predicate/runDetails");

        assertThat(details.at("/metadata/invocationId").asText()).isEqualTo("job-1/run-1/train/attempt-3");
        assertThat(details.at("/metadata/startedOn").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(details.at("/metadata/finishedOn").asText()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(details.get("byproducts"))
                .extracting(each -> each.get("name").asText())
                .containsExactly("checkpoint", "timers.json");
    }

    @Test
    void aLaterAttemptOfTheRegistrationWritesTheSameText() throws Exception {
        ModelVersion later = TestVersions.laterAttempt(version);

        assertThat(later.lineage().attempt()).isNotEqualTo(version.lineage().attempt());
        assertThat(ProvenanceStatement.of(later, "Reach.onnx"))
                .isEqualTo(ProvenanceStatement.of(version, "Reach.onnx"));
    }
}
