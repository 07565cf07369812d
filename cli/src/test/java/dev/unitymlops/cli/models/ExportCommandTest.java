package dev.unitymlops.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.RunAlone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final String REACH = "reach-001/Reach";
    private static final String ASSET = "Assets/GeneratedMLOps/reach-001/Reach.onnx";

    @TempDir
    Path folder;

    private MadeModels models;
    private Path project;

    @BeforeEach
    void prepare() throws Exception {
        models = new MadeModels(folder.resolve("artifacts"));
        models.add(REACH, "monday", 0.5);
        models.add(REACH, "tuesday", 0.75);
        project = project("project");
    }

    private Path project(String name) throws Exception {
        Path made = folder.resolve(name);
        Files.createDirectories(made.resolve("Assets"));
        Files.createDirectories(made.resolve("ProjectSettings"));
        Files.writeString(made.resolve("ProjectSettings/ProjectVersion.txt"), "m_EditorVersion: 6000.0.30f1\n");
        return made;
    }

    private RunAlone export(String version, Path into) {
        return RunAlone.of(
                Map.of(),
                (say, find) -> ModelsCommand.with(say, find, Map.of(), MadeModels.NOON),
                "models",
                "export",
                REACH + "@" + version,
                "--to-unity=" + into,
                "--set=artifacts.root=" + models.artifacts(),
                "--data-dir=" + folder.resolve("data"),
                "--json");
    }

    private JsonNode exported(String version, Path into) {
        RunAlone ran = export(version, into);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().getFirst();
    }

    @Test
    void a_model_lies_in_the_project_with_its_meta_and_origin() throws Exception {
        JsonNode exported = exported("1", project);

        assertThat(exported.path("asset").asText()).isEqualTo(ASSET);
        assertThat(StreamSupport.stream(exported.path("files").spliterator(), false)
                        .map(JsonNode::asText))
                .hasSize(4)
                .allSatisfy(file -> assertThat(project.resolve(file)).isNotEmptyFile());
        assertThat(project.resolve(ASSET + ".meta"))
                .hasContent(
                        "fileFormatVersion: 2\nguid: " + exported.path("guid").asText());
        assertThat(exported.path("guid").asText()).matches("[0-9a-f]{32}");
        assertThat(Files.readString(project.resolve("Assets/GeneratedMLOps/reach-001/Reach.origin.json")))
                .contains(
                        "\"version\" : 1",
                        "\"job_id\" : \"monday\"",
                        exported.path("sha256").asText());
        try (Stream<Path> files = Files.list(project.resolve(ASSET).getParent())) {
            assertThat(files).as("no draft is left").hasSize(4);
        }
    }

    @Test
    void behavior_parameters_are_those_of_the_model() {
        JsonNode parameters = exported("1", project).path("behavior_parameters");

        assertThat(parameters.path("behavior_type").asText()).isEqualTo("Inference Only");
        assertThat(parameters.path("behavior_name").asText()).isEqualTo("Reach");
        assertThat(parameters.path("spaces").path("observations").toString()).isEqualTo("[[4]]");
        assertThat(parameters.path("spaces").path("continuous").intValue()).isEqualTo(2);
        assertThat(parameters.path("spaces").path("discrete_branches")).isEmpty();
    }

    @Test
    void the_guid_is_the_same_in_every_export_and_every_project() throws Exception {
        String guid = exported("1", project).path("guid").asText();

        assertThat(exported("2", project).path("guid").asText()).isEqualTo(guid);
        assertThat(exported("2", project("another")).path("guid").asText()).isEqualTo(guid);
        assertThat(project.resolve(ASSET))
                .hasSameBinaryContentAs(folder.resolve("another").resolve(ASSET));
    }

    @Test
    void what_unity_or_people_made_of_the_meta_stays() throws Exception {
        String theirs = "fileFormatVersion: 2\nguid: " + "0123456789abcdef".repeat(2) + "\nScriptedImporter:\n  x: 1\n";
        Files.createDirectories(project.resolve(ASSET).getParent());
        Files.writeString(project.resolve(ASSET + ".meta"), theirs);

        assertThat(exported("1", project).path("guid").asText()).isEqualTo("0123456789abcdef".repeat(2));
        assertThat(project.resolve(ASSET + ".meta")).hasContent(theirs);
    }

    @Test
    void the_same_version_again_touches_nothing() throws Exception {
        exported("1", project);
        FileTime long_ago = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.list(project.resolve(ASSET).getParent())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, long_ago);
            }
        }

        assertThat(exported("1", project).path("changed").booleanValue()).isFalse();

        try (Stream<Path> files = Files.list(project.resolve(ASSET).getParent())) {
            assertThat(files)
                    .allSatisfy(
                            file -> assertThat(Files.getLastModifiedTime(file)).isEqualTo(long_ago));
        }
    }

    @Test
    void nothing_is_written_outside_the_project() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(project.resolve("Assets/GeneratedMLOps"), outside);

        RunAlone ran = export("1", project);

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("leads out of the project");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void a_link_in_the_models_place_is_replaced_and_not_followed() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside.onnx"), "precious");
        Files.createDirectories(project.resolve(ASSET).getParent());
        Files.createSymbolicLink(project.resolve(ASSET), outside);

        exported("1", project);

        assertThat(outside).hasContent("precious");
        assertThat(project.resolve(ASSET)).isRegularFile();
        assertThat(Files.isSymbolicLink(project.resolve(ASSET))).isFalse();
    }

    @Test
    void a_damaged_registry_exports_nothing() throws Exception {
        Files.writeString(models.artifacts().resolve("registry/" + REACH + "/versions/1/Reach.onnx"), "damaged");

        RunAlone ran = export("1", project);

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("expected sha256");
        assertThat(project.resolve(ASSET)).doesNotExist();
        assertThat(project.resolve(ASSET + ".meta")).doesNotExist();
    }
}
