package dev.unitymlops.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelRegistryContract;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRegistryTest extends ModelRegistryContract {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));

    @TempDir
    Path home;

    private Path root;
    private TestVersions versions;

    @BeforeEach
    void makeFolders() throws IOException {
        root = home.resolve("registry");
        versions = new TestVersions(Files.createDirectory(home.resolve("models")));
    }

    @Override
    protected ModelRegistry registry() {
        return new FileRegistry(root, CLOCK);
    }

    @Test
    void theFileLiesWhereTheEventSaysWithTheHashThatItSays() throws Exception {
        RegisteredModel model = registry().register(versions.of("job-1", "one"));

        Path file = ArtifactFiles.pathOf(model.getUri());
        assertThat(file).isEqualTo(root.resolve("asset-1/Reach/versions/1/Reach.onnx"));
        assertThat(ArtifactFiles.describe(file).getSha256()).isEqualTo(model.getSha256());
        assertThat(model.getResourceName()).isEqualTo("asset-1/Reach@1");
    }

    @Test
    void theIndexNamesEveryVersionAndTheLatest() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));

        JsonNode index = json("model.json");
        assertThat(index.at("/name").textValue()).isEqualTo("asset-1/Reach");
        assertThat(index.at("/aliases/latest").intValue()).isEqualTo(2);
        assertThat(index.at("/versions/1/version").intValue()).isEqualTo(2);
        assertThat(index.at("/versions/1/job_id").textValue()).isEqualTo("job-2");
        assertThat(index.at("/versions/1/registered_at").textValue()).isEqualTo("2026-03-04T05:06:07Z");
    }

    @Test
    void aVersionTellsItsLineage() throws Exception {
        registry().register(versions.of("job-1", "one"));

        JsonNode version = json("versions/1/version.json");
        assertThat(version.at("/display_name").textValue()).isEqualTo("Reach-job-1");
        assertThat(version.at("/verdict/checked").textValue()).isEqualTo("loaded only");
        assertThat(version.at("/lineage/content_hash").textValue()).isEqualTo("c".repeat(64));
        assertThat(version.at("/lineage/build/player/sha256").textValue()).isEqualTo("b".repeat(64));
        assertThat(version.at("/lineage/build/project/git_commit").isNull()).isTrue();
        assertThat(version.at("/lineage/training/seed").intValue()).isEqualTo(42);
        assertThat(version.at("/lineage/training/metrics/mean_reward").doubleValue())
                .isEqualTo(0.9);
    }

    @Test
    void aVersionThatSomebodyDeletedIsNotGivenAgain() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        new SyncedDisk().deleteTree(root.resolve("asset-1/Reach/versions/2"));

        assertThat(registry().register(versions.of("job-2", "two")).getVersion())
                .isEqualTo(3);
        assertThat(json("model.json").at("/versions")).hasSize(2);
    }

    @Test
    void aLostIndexIsMadeOfTheVersions() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        String before = Files.readString(root.resolve("asset-1/Reach/model.json"));
        Files.delete(root.resolve("asset-1/Reach/model.json"));

        assertThat(registry().register(versions.of("job-1", "one")).getVersion())
                .isEqualTo(1);
        assertThat(root.resolve("asset-1/Reach/model.json")).hasContent(before);
    }

    @Test
    void otherAliasesStayWhereTheyPoint() throws Exception {
        registry().register(versions.of("job-1", "one"));
        Path index = root.resolve("asset-1/Reach/model.json");
        Files.writeString(index, Files.readString(index).replace("\"latest\" : 1", "\"latest\" : 1, \"prod\" : 1"));

        registry().register(versions.of("job-2", "two"));

        assertThat(json("model.json").at("/aliases").toString()).isEqualTo("{\"latest\":2,\"prod\":1}");
        assertThat(registry().register(versions.of("job-1", "one")).getAliases())
                .containsExactly("prod");
    }

    @Test
    void aDamagedIndexIsNamedAndLeftAlone() throws Exception {
        registry().register(versions.of("job-1", "one"));
        Path index = root.resolve("asset-1/Reach/model.json");
        Files.writeString(index, "{");

        assertThatThrownBy(() -> registry().register(versions.of("job-2", "two")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(index + " is not as the registry wrote it");
        assertThat(index).hasContent("{");
    }

    @Test
    void aFolderOfAnotherModelIsRefused() throws Exception {
        registry().register(versions.of("job-1", "one"));
        // As on a file system without upper and lower case.
        Files.createSymbolicLink(root.resolve("ASSET-1"), root.resolve("asset-1"));

        assertThatThrownBy(() -> registry().register(versions.of(new ParentModel("ASSET-1", "Reach"), "job-1", "one")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to the model asset-1/Reach, not to ASSET-1/Reach");
    }

    @Test
    void aFileThatIsNotWhatTheTrainingNamedIsNotRegistered() throws Exception {
        var version = versions.of("job-1", "one");
        Files.writeString(version.file(), "two");

        assertThatThrownBy(() -> registry().register(version))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not " + version.sha256());
        assertThat(registry().register(versions.of("job-1", "one")).getVersion())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a/b", ".hidden", "", "a\nb", "trailing "})
    void namesThatAreNoFolderAreRefused(String behavior) {
        assertThatThrownBy(() -> registry().register(versions.of(new ParentModel("asset-1", behavior), "job-1", "one")))
                .isInstanceOfSatisfying(
                        StageFailure.class,
                        failure -> assertThat(failure.failureCause()).isEqualTo(FailureCause.USER));
        assertThat(root).doesNotExist();
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper()
                .readTree(root.resolve("asset-1/Reach").resolve(file).toFile());
    }
}
