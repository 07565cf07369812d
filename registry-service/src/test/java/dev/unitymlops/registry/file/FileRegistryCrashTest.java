package dev.unitymlops.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.RegistryJson;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.registry.registration.VersionFile;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a registration at each of its changes on disk; the next one must find a registry without halves and twins. */
class FileRegistryCrashTest {

    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path home;

    @Test
    void whereverARegistrationIsKilledTheNextOneCompletesIt() throws Exception {
        TestVersions versions = new TestVersions(Files.createDirectory(home.resolve("models")));
        ModelVersion first = versions.of("job-1", "one");
        ModelVersion second = versions.of("job-2", "two");
        ModelVersion third = versions.of("job-3", "three");
        List<Integer> givenByTheKilled = new ArrayList<>();

        int kill = 0;
        for (boolean killed = true; killed; kill++) {
            Path root = home.resolve("registry-" + kill);
            new FileRegistry(root, CLOCK).register(first);
            killed = isKilledAt(kill, root, second);
            givenByTheKilled.add(versionsIn(root).size() - 1);

            assertThat(versionsIn(root)).allSatisfy(FileRegistryCrashTest::isWhole);
            assertThat(new FileRegistry(root, CLOCK).register(third).getVersion())
                    .as("the third job after kill " + kill)
                    .isIn(2, 3);
            assertThat(new FileRegistry(root, CLOCK).register(second).getVersion())
                    .as("the second job after kill " + kill)
                    .isIn(2, 3);
            assertThat(versionsIn(root)).hasSize(3).allSatisfy(FileRegistryCrashTest::isWhole);
            assertThat(everythingIn(root)).noneMatch(file -> file.toString().contains(".part"));
        }

        assertThat(kill).as("changes that a registration makes").isGreaterThan(6);
        assertThat(givenByTheKilled)
                .as("no version before the rename, one after it")
                .isSorted()
                .contains(0, 1);
    }

    private static boolean isKilledAt(int change, Path root, ModelVersion version) throws Exception {
        try {
            RegisteredModel done =
                    new FileRegistry(root, CLOCK, Attestations.unsigned(), new FailingDisk(change)).register(version);
            assertThat(done.getVersion()).isEqualTo(2);
            return false;
        } catch (FailingDisk.Killed e) {
            return true;
        }
    }

    private static void isWhole(Path version) throws IOException {
        VersionFile told = RegistryJson.read(version.resolve("version.json"), VersionFile.class);
        assertThat(ArtifactFiles.describe(version.resolve(told.file())).getSha256())
                .isEqualTo(told.sha256());
    }

    private static List<Path> versionsIn(Path root) throws IOException {
        try (Stream<Path> children = Files.list(root.resolve("asset-1/Reach/versions"))) {
            return children.filter(child -> child.getFileName().toString().matches("\\d+"))
                    .toList();
        }
    }

    private static List<Path> everythingIn(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.toList();
        }
    }
}
