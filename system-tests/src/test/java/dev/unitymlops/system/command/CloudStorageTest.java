package dev.unitymlops.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.testkit.CloudStorageEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops run} and {@code mlops logs} with the artifact store in a bucket. */
class CloudStorageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private CloudStorageEmulator emulator;
    private Mlops mlops;

    @BeforeEach
    void prepare() throws Exception {
        emulator = CloudStorageEmulator.start(folder);
        mlops = new Mlops(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (mlops != null) {
            mlops.close();
            emulator.close();
        }
    }

    @Test
    void aJobIsBuiltTrainedAndRegisteredAndItsFilesAreInTheBucket() throws Exception {
        String store = "gs://" + emulator.newBucket() + "/artifacts";
        Map<String, String> environment = Map.of("MLOPS_GCS_ENDPOINT", emulator.endpoint());
        String[] run = {
            "run",
            job(),
            "--json",
            "--set",
            "artifacts.root=" + store,
            "--set",
            "registry.root=" + folder.resolve("registry")
        };

        Mlops.Ended ended = mlops.start(environment, run).await(PATIENCE);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.json().path("state").textValue()).isEqualTo("succeeded");
        assertThat(ended.json().path("artifacts").textValue()).startsWith(store + "/in-a-bucket");
        assertThat(ended.json().path("models"))
                .singleElement()
                .satisfies(model -> assertThat(
                                Path.of(java.net.URI.create(model.path("uri").textValue())))
                        .startsWith(folder.resolve("registry"))
                        .isNotEmptyFile());
        try (Stream<Path> here = Files.list(folder)) {
            assertThat(here.map(Path::getFileName).map(Path::toString)).doesNotContain("artifacts");
        }

        Mlops.Ended logs = mlops.start(environment, "logs", "in-a-bucket", "--artifacts", store, "--json")
                .await(PATIENCE);
        assertThat(logs.exitCode()).as(logs.toString()).isZero();
        assertThat(logs.jsonLines())
                .extracting(line -> line.path("file").textValue())
                .contains("run-1/train/attempt-1/trainer.log");

        Mlops.Ended again = mlops.start(environment, run).await(PATIENCE);
        JsonNode same = again.json();
        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(same.path("run").intValue())
                .as("its result is found in the bucket")
                .isEqualTo(1);
        assertThat(same.path("models")).isEqualTo(ended.json().path("models"));
    }

    private String job() throws Exception {
        return JobText.example("slow-stage.yaml")
                .with("job_id: slow-stage", "job_id: in-a-bucket")
                .with("sleep 2", "sleep 0")
                .with("EPISODES, STEPS = 120,", "EPISODES, STEPS = 3,")
                .in(folder, "in-a-bucket.yaml");
    }
}
