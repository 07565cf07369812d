package dev.unitymlops.registry.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of a model in the form that supply-chain tools read: an in-toto Statement v1 with a SLSA Provenance v1
 * predicate, unsigned. The same model of the same run has the same bytes, whichever attempt registers it.
 */
public final class ProvenanceStatement {

    /** Behind the model file's name without its ending. */
    public static final String SUFFIX = ".intoto.json";

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE = "https://slsa.dev/provenance/v1";
    private static final String BUILD_TYPE = "urn:unity-mlops:training:v1";
    private static final String BUILDER = "urn:unity-mlops:train-service";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private ProvenanceStatement() {}

    /**
     * Writes the statement as UTF-8 JSON.
     *
     * @param fileName of the model, which is the statement's subject
     */
    public static byte[] of(ModelVersion version, String fileName) {
        ObjectNode statement = JSON.createObjectNode().put("_type", STATEMENT);
        ObjectNode subject = statement.putArray("subject").addObject().put("name", fileName);
        subject.putObject("digest").put("sha256", version.sha256());
        ObjectNode predicate = statement.put("predicateType", PREDICATE).putObject("predicate");
        ObjectNode definition = predicate.putObject("buildDefinition").put("buildType", BUILD_TYPE);
        parameters(definition.putObject("externalParameters"), version);
        dependencies(definition.putArray("resolvedDependencies"), version.lineage());
        runDetails(predicate.putObject("runDetails"), version.lineage());
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(statement);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    private static void parameters(ObjectNode parameters, ModelVersion version) {
        Lineage lineage = version.lineage();
        parameters
                .put("job_id", lineage.jobId())
                .put("run", lineage.run())
                .put("content_hash", lineage.contentHash())
                .put("asset_id", version.parent().assetId())
                .put("behavior", version.parent().behavior())
                .put("algorithm", lineage.training().algorithm())
                .put("seed", lineage.training().seed())
                .put("behaviour_origin", lineage.build().behaviourOrigin())
                .put("build_target", lineage.build().buildTarget());
    }

    private static void dependencies(ArrayNode dependencies, Lineage lineage) {
        Lineage.Build build = lineage.build();
        digested(dependencies, "player", "sha256", build.playerSha256());
        digested(dependencies, "behaviour script", "sha256", build.scriptSha256());
        digested(
                dependencies,
                "trainer configuration",
                "sha256",
                lineage.training().trainerConfigSha256());
        ObjectNode project = digested(dependencies, "unity project", "gitCommit", build.gitCommit());
        if (project != null && build.gitDirty() != null) {
            project.putObject("annotations").put("dirty", build.gitDirty());
        }
        if (build.unityVersion() != null) {
            dependencies
                    .addObject()
                    .put("name", "unity editor")
                    .putObject("annotations")
                    .put("version", build.unityVersion());
        }
        lineage.training()
                .versions()
                .forEach((name, version) -> dependencies
                        .addObject()
                        .put("name", name)
                        .putObject("annotations")
                        .put("version", version));
        Lineage.Origin origin = lineage.origin();
        if (origin != null && origin.repository() != null) {
            ObjectNode source = dependencies.addObject().put("name", "upstream").put("uri", origin.repository());
            if (origin.commitSha() != null) {
                source.putObject("digest").put("gitCommit", origin.commitSha());
            }
        }
    }

    /** A digest that nobody knows makes no dependency. */
    private static @Nullable ObjectNode digested(
            ArrayNode dependencies, String name, String algorithm, @Nullable String digest) {
        if (digest == null) {
            return null;
        }
        ObjectNode dependency = dependencies.addObject().put("name", name);
        dependency.putObject("digest").put(algorithm, digest);
        return dependency;
    }

    private static void runDetails(ObjectNode details, Lineage lineage) {
        ObjectNode versions = details.putObject("builder").put("id", BUILDER).putObject("version");
        lineage.training().versions().forEach(versions::put);
        details.putObject("metadata")
                .put(
                        "invocationId",
                        "%s/run-%d/train/attempt-%d"
                                .formatted(
                                        lineage.jobId(),
                                        lineage.training().run(),
                                        lineage.training().attempt()));
    }
}
