package dev.unitymlops.registry.provenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.registry.registration.Lineage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resource descriptors of an in-toto statement: each has a URI or a digest, as its version 1 demands. What nobody knows
 * makes none.
 *
 * @param list that they are added to
 */
record Dependencies(ArrayNode list) {

    /** Packages of the trainer as PyPI names them; what else has a version is no package of its. */
    private static final Map<String, String> PYTHON_PACKAGES =
            Map.of("mlagents", "mlagents", "mlagents_envs", "mlagents-envs", "torch", "torch", "numpy", "numpy");

    void of(Lineage lineage) {
        player(lineage);
        file("behaviour script", lineage.build().script());
        file("trainer configuration", lineage.training().trainerConfig());
        lineage.training().inputs().forEach(input -> file(input.role(), input.file()));
        project(lineage.build().project());
        versions(lineage);
        upstream(lineage.origin());
    }

    void file(String name, Lineage.@Nullable Source file) {
        if (file != null) {
            described(name, file);
        }
    }

    private ObjectNode described(String name, Lineage.Source file) {
        ObjectNode descriptor = list.addObject().put("name", name).put("uri", file.uri());
        descriptor.putObject("digest").put("sha256", file.sha256());
        return descriptor;
    }

    private void player(Lineage lineage) {
        Lineage.Build build = lineage.build();
        if (build.player() != null) {
            described("player", build.player())
                    .putObject("annotations")
                    .put("executable", build.playerExecutable())
                    .put(
                            "built_by",
                            "%s/run-%d/build/attempt-%d".formatted(lineage.jobId(), build.run(), build.attempt()));
        }
    }

    private void project(Lineage.Project project) {
        if (project.gitCommit() != null) {
            ObjectNode descriptor = list.addObject().put("name", "unity project");
            descriptor.putObject("digest").put("gitCommit", project.gitCommit());
            if (project.gitDirty() != null) {
                descriptor.putObject("annotations").put("dirty", project.gitDirty());
            }
        }
    }

    private void versions(Lineage lineage) {
        String unity = lineage.build().unityVersion();
        if (unity != null) {
            packaged("unity editor", "generic/unity-editor", unity);
        }
        lineage.training().versions().forEach((name, version) -> {
            String pypi = PYTHON_PACKAGES.get(name);
            packaged(name, pypi == null ? "generic/" + name : "pypi/" + pypi, version);
        });
    }

    private void upstream(Lineage.@Nullable Origin origin) {
        if (origin != null && origin.repository() != null) {
            ObjectNode source = named("upstream", origin.repository());
            if (origin.commitSha() != null) {
                source.putObject("digest").put("gitCommit", origin.commitSha());
            }
        }
    }

    /** By its package URL (purl). */
    private void packaged(String name, String identity, String version) {
        String encoded = URLEncoder.encode(version, StandardCharsets.UTF_8).replace("+", "%20");
        named(name, "pkg:" + identity + "@" + encoded);
    }

    private ObjectNode named(String name, String uri) {
        return list.addObject().put("name", name).put("uri", uri);
    }
}
