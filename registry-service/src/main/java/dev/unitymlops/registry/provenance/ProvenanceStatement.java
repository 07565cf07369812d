package dev.unitymlops.registry.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import java.nio.charset.StandardCharsets;

/**
 * The lineage of a model in the form that supply-chain tools read: an in-toto Statement v1 with a SLSA Provenance v1
 * predicate. The same model of the same run has the same bytes, whichever attempt registers it: a later one finds in the
 * bucket what an earlier one has put there, and a signature stays that of this text.
 */
final class ProvenanceStatement {

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE = "https://slsa.dev/provenance/v1";
    private static final String BUILD_TYPE = "urn:unity-mlops:training:v1";
    private static final String BUILDER = "urn:unity-mlops:train-service";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ModelVersion version;
    private final Lineage lineage;

    private ProvenanceStatement(ModelVersion version) {
        this.version = version;
        this.lineage = version.lineage();
    }

    /**
     * Writes the statement as UTF-8 JSON.
     *
     * @param fileName of the model, which is the statement's subject
     */
    static byte[] of(ModelVersion version, String fileName) {
        var statement = new ProvenanceStatement(version);
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(statement.about(fileName));
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    private ObjectNode about(String fileName) {
        ObjectNode statement = JSON.createObjectNode().put("_type", STATEMENT);
        ObjectNode subject = statement.putArray("subject").addObject().put("name", fileName);
        subject.putObject("digest").put("sha256", version.sha256());
        ObjectNode predicate = statement.put("predicateType", PREDICATE).putObject("predicate");
        ObjectNode definition = predicate.putObject("buildDefinition").put("buildType", BUILD_TYPE);
        parameters(definition.putObject("externalParameters"));
        new Dependencies(definition.putArray("resolvedDependencies")).of(lineage);
        runDetails(predicate.putObject("runDetails"));
        return statement;
    }

    private void parameters(ObjectNode parameters) {
        Lineage.Build build = lineage.build();
        Lineage.Project project = build.project();
        parameters
                .put("job_id", lineage.jobId())
                .put("run", lineage.run())
                .put("content_hash", lineage.contentHash())
                .put("asset_id", version.parent().assetId())
                .put("behavior", version.parent().behavior())
                .put("algorithm", lineage.training().algorithm())
                .put("seed", lineage.training().seed())
                .put("behaviour_origin", build.behaviourOrigin())
                .put("build_target", build.buildTarget())
                .put("unity_project_path", project.path());
        ArrayNode scenes = parameters.putArray("scenes");
        project.scenes().forEach(scenes::add);
        if (project.attachTo() != null) {
            parameters.put("attach_to", project.attachTo());
        }
        if (project.generated()) {
            parameters.put("scene", "generated");
        }
        if (lineage.scheduleId() != null) {
            parameters.put("schedule_id", lineage.scheduleId());
        }
    }

    private void runDetails(ObjectNode details) {
        Lineage.Training training = lineage.training();
        ObjectNode versions = details.putObject("builder").put("id", BUILDER).putObject("version");
        training.versions().forEach(versions::put);
        details.putObject("metadata")
                .put(
                        "invocationId",
                        "%s/run-%d/train/attempt-%d".formatted(lineage.jobId(), training.run(), training.attempt()))
                .put("startedOn", training.startedAt())
                .put("finishedOn", training.completedAt());
        Dependencies byproducts = new Dependencies(details.putArray("byproducts"));
        byproducts.file("checkpoint", training.checkpoint());
        training.files().forEach(file -> byproducts.file(lastPartOf(file.uri()), file));
    }

    private static String lastPartOf(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
