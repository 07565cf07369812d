package dev.unitymlops.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From trained models to the one in production, with the command as it is shipped. */
class ModelsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MODEL = "models-001/SlowAgent";

    @TempDir
    private Path folder;

    private Mlops mlops;

    @BeforeEach
    void prepare() {
        mlops = new Mlops(folder);
    }

    @AfterEach
    void stop() {
        mlops.close();
    }

    @Test
    void jobsOfOneAssetAreVersionsThatArePromotedAndRolledBack() throws Exception {
        assertThat(versionOf(succeeded("run", job("monday").in(folder, "monday.yaml"), "--json")))
                .isEqualTo(1);
        assertThat(versionOf(succeeded("run", job("tuesday").in(folder, "tuesday.yaml"), "--json")))
                .isEqualTo(2);
        mlops.up();

        JsonNode first = promoted(1);
        JsonNode second = promoted(2);
        JsonNode back = succeeded("models", "rollback", MODEL, "--json").json();

        assertThat(first.path("from_version").isNull()).isTrue();
        assertThat(second.path("from_version").intValue()).isEqualTo(1);
        assertThat(back.path("version").intValue()).isEqualTo(1);
        JsonNode listed = succeeded("models", "list", "--json").json();
        assertThat(listed.path("versions").intValue()).isEqualTo(2);
        assertThat(listed.path("aliases").path("production").intValue()).isEqualTo(1);
        assertThat(listed.path("aliases").path("previous").intValue()).isEqualTo(2);
        List<JsonNode> events =
                succeeded("events", "--topic", "model-promoted", "--json").jsonLines();
        assertThat(events).extracting(event -> event.path("version").intValue()).containsExactly(1, 2, 1);
        assertThat(events)
                .extracting(event -> event.path("job_id").textValue())
                .containsExactly("monday", "tuesday", "monday");
    }

    @Test
    void aModelThatMissesItsGateIsRejectedAndItsJobEndsWell() throws Exception {
        JobText gated = job("gated")
                .with("rl_config:", "registration: {target: file, gates: {min_mean_reward: 1000}}\n\nrl_config:");

        JsonNode result =
                succeeded("run", gated.in(folder, "gated.yaml"), "--json").json();

        double reached = result.path("training").path("mean_reward").doubleValue();
        String missed = "min_mean_reward demands 1000.0, the training reached " + reached;
        assertThat(result.path("state").textValue()).isEqualTo("succeeded");
        assertThat(result.path("models").path(0).path("aliases"))
                .extracting(JsonNode::textValue)
                .containsExactly("rejected");
        assertThat(result.path("registration").textValue()).contains(missed);
        Mlops.Ended again = succeeded("run", folder.resolve("gated.yaml").toString());
        assertThat(again.out()).contains("is REJECTED", missed);

        Mlops.Ended refused = mlops.run(PATIENCE, "models", "promote", MODEL + "@rejected", "production", "--no-event");
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(3);
        assertThat(refused.err()).contains(missed);
        assertThat(succeeded("models", "list", "--json").json().path("aliases").has("production"))
                .isFalse();
    }

    private JsonNode promoted(int version) throws Exception {
        return succeeded("models", "promote", MODEL + "@" + version, "production", "--json")
                .json();
    }

    private static int versionOf(Mlops.Ended run) throws Exception {
        return run.json().path("models").path(0).path("version").intValue();
    }

    private Mlops.Ended succeeded(String... arguments) throws Exception {
        Mlops.Ended ended = mlops.run(PATIENCE, arguments);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return ended;
    }

    /** A training of three seconds that needs neither Unity nor ML-Agents. */
    private static JobText job(String jobId) throws Exception {
        return JobText.example("slow-stage.yaml")
                .with("job_id: slow-stage", "job_id: " + jobId)
                .with("asset_id: slow-001", "asset_id: models-001")
                .with("sleep 2", "sleep 0")
                .with("EPISODES, STEPS = 120,", "EPISODES, STEPS = 3,");
    }
}
