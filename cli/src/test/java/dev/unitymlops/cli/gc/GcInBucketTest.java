package dev.unitymlops.cli.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.artifacts.ArtifactSettings;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.testkit.CloudStorageEmulator;
import dev.unitymlops.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifact store at {@code gs://bucket/folder}, on an emulator of Cloud Storage. */
class GcInBucketTest {
    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at(Instant.parse("2126-01-02T03:04:05Z"));

    @Test
    void what_is_old_goes_and_what_a_registered_model_comes_from_stays() throws Exception {
        try (var emulator = CloudStorageEmulator.start(folder)) {
            String root = "gs://" + emulator.newBucket() + "/artifacts";
            ArtifactStore store = new ArtifactSettings(root, List.of(), emulator.endpoint()).store();
            JobFolder old = new LeftJobs(store).failed("old");
            JobFolder reach = new LeftJobs(store).registered("reach");

            RunAlone ran = RunAlone.of(
                    Map.of(),
                    (say, find) -> new GcCommand(say, find, Map.of(), clock),
                    "gc",
                    "--json",
                    "--no-cluster",
                    "--set=artifacts.root=" + root,
                    "--set=gcs.endpoint=" + emulator.endpoint(),
                    "--set=registry.root=" + folder.resolve("registry"),
                    "--set=work.dir=" + folder.resolve("work"));

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(Files.exists(old.path())).isFalse();
            assertThat(reach.attempts(1, Stage.TRAIN)).hasSize(1);
            assertThat(reach.results(1, Stage.REGISTRY)).hasSize(1);
            assertThat(ran.out()).contains("\"folder\":\"" + root + "/old");
        }
    }
}
