package dev.unitymlops.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.OwnTopics;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.jobs.EventsCommand;
import dev.unitymlops.cli.topics.TopicsCommand;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.Verdict;
import dev.unitymlops.schemas.TrustedPackages;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlatformExtension.class)
class ModelsCommandTest {
    private static final String REACH = "reach-001/Reach";

    @TempDir
    static Path place;

    private static OwnTopics topics;

    @TempDir
    Path folder;

    private MadeModels models;

    @BeforeAll
    static void platform(TestPlatform platform) throws Exception {
        TrustedPackages.trust();
        topics = new OwnTopics(platform, place);
        RunAlone applied = topics.run(TopicsCommand::new, "topics", "apply", "--replication-factor=1");
        assertThat(applied.code()).as(applied.err()).isZero();
    }

    @BeforeEach
    void models() {
        models = new MadeModels(folder.resolve("artifacts"));
    }

    private RunAlone mlops(String... arguments) {
        return topics.run((say, find) -> ModelsCommand.with(say, find, Map.of(), MadeModels.NOON), models(arguments));
    }

    private RunAlone alone(String... arguments) {
        return RunAlone.of(
                Map.of(), (say, find) -> ModelsCommand.with(say, find, Map.of(), MadeModels.NOON), models(arguments));
    }

    private String[] models(String... arguments) {
        return Stream.concat(
                        Stream.of(
                                "models",
                                "--set=artifacts.root=" + models.artifacts(),
                                "--data-dir=" + folder.resolve("data")),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    private static List<JsonNode> promotions(String model) {
        return topics.run(EventsCommand::new, "events", "--topic", "model-promoted", "--json").json().stream()
                .filter(event -> event.path("model").asText().equals(model))
                .toList();
    }

    private Map<String, Integer> aliases(String model) throws Exception {
        return models.registry().history(ParentModel.named(model)).orElseThrow().aliases();
    }

    @Test
    void models_and_their_versions_are_listed() throws Exception {
        models.add(REACH, "monday", 0.5);
        models.add(REACH, "tuesday", 0.75);
        models.addRejected("guard-007/Guard", "wednesday", 3);

        List<JsonNode> all = alone("list", "--json").json();
        assertThat(all).hasSize(2);
        assertThat(all.getLast().path("model").asText()).isEqualTo(REACH);
        assertThat(all.getLast().path("versions").intValue()).isEqualTo(2);
        assertThat(all.getLast().path("last_mean_reward").doubleValue()).isEqualTo(0.75);
        assertThat(all.getLast().path("last_registered_at").asText()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(alone("list").out().lines())
                .anyMatch(line -> line.matches("guard-007/Guard +1 +rejected=1 +3\\.000 .*"))
                .anyMatch(line -> line.matches("reach-001/Reach +2 +latest=2 +0\\.750 .*"));

        List<JsonNode> versions = alone("list", REACH, "--json").json();
        assertThat(versions).hasSize(2);
        assertThat(versions.getFirst().path("job_id").asText()).isEqualTo("monday");
        assertThat(versions.getLast().path("aliases").path(0).asText()).isEqualTo("latest");
    }

    @Test
    void a_version_tells_the_way_back_to_its_scene() throws Exception {
        models.add(REACH, "monday", 0.5);

        JsonNode shown = alone("show", REACH + "@latest", "--json").json().getFirst();

        assertThat(shown.path("version").intValue()).isEqualTo(1);
        assertThat(shown.path("lineage").path("job_id").asText()).isEqualTo("monday");
        assertThat(shown.at("/lineage/build/project/git_dirty").booleanValue()).isTrue();
        Path file = Path.of(URI.create(shown.path("version_file").asText()));
        assertThat(file).exists();
        assertThat(Path.of(URI.create(shown.path("provenance").asText()))).exists();
        assertThat(alone("show", REACH + "@1").out())
                .contains(
                        "Unity 6000.0.30f1",
                        "commit " + "e".repeat(40) + ", with changes",
                        "project projects/arena, scenes Assets/Arena.unity",
                        "player sha256 " + "b".repeat(64))
                .contains(
                        "PPO, seed 42",
                        "mean reward 0.500",
                        "trainer configuration sha256 " + "a".repeat(64),
                        "demonstration file:///made/first.demo sha256 " + "f".repeat(64),
                        "checkpoint sha256 " + "0".repeat(64),
                        "mlagents 1.1, torch 2.1")
                .contains(
                        "artifact artifact-7", "sha256 " + shown.path("sha256").asText());
    }

    @Test
    void only_what_differs_is_shown_with_the_change_of_figures() throws Exception {
        models.add(REACH, "monday", 0.5);
        models.add(REACH, "tuesday", 0.75);

        JsonNode compared =
                alone("diff", REACH + "@1", REACH + "@latest", "--json").json().getFirst();

        assertThat(compared.path("differences").findValuesAsText("field"))
                .containsExactly(
                        "aliases",
                        "display_name",
                        "lineage.job_id",
                        "lineage.training.metrics.mean_reward",
                        "sha256",
                        "size_bytes",
                        "source_uri");
        assertThat(alone("diff", REACH + "@1", REACH + "@2").out().lines())
                .anyMatch(line -> line.matches("lineage.training.metrics.mean_reward +0\\.5 +0\\.75 +\\+0\\.25"));
    }

    @Test
    void promotions_and_a_rollback_are_told_in_their_order() throws Exception {
        String model = "patrol-001/Patrol";
        models.add(model, "monday", 0.5);
        models.add(model, "tuesday", 0.75);

        RunAlone first = mlops("promote", model + "@1", "production", "--by", "ann", "--json");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.json().getFirst().path("event").path("offset").isNumber())
                .isTrue();
        assertThat(mlops("promote", model + "@latest", "production", "--by", "ann", "--reason", "better")
                        .out())
                .contains("which version 1 had before; that one is previous now");
        assertThat(aliases(model)).containsEntry("production", 2).containsEntry("previous", 1);
        RunAlone again = mlops("promote", model + "@2", "production", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.json().getFirst().path("moved").booleanValue()).isFalse();
        RunAlone back = mlops("rollback", model, "--by", "bob", "--json");
        assertThat(back.code()).as(back.err()).isZero();

        assertThat(aliases(model)).containsEntry("production", 1).containsEntry("previous", 2);
        List<JsonNode> told = promotions(model);
        assertThat(told).extracting(event -> event.path("version").intValue()).containsExactly(1, 2, 1);
        assertThat(told)
                .extracting(event -> event.path("from_version").asText())
                .containsExactly("null", "1", "2");
        assertThat(told)
                .extracting(event -> event.path("action").asText())
                .containsExactly("promote", "promote", "rollback");
        assertThat(told.get(1).path("reason").asText()).isEqualTo("better");
        assertThat(told.get(2).path("promoted_by").asText()).isEqualTo("bob");
        assertThat(topics.run(EventsCommand::new, "events", "--topic", "model-promoted")
                        .out())
                .contains("tuesday  model     " + model + ": production is version 2, was 1 (ann: better)");
    }

    @Test
    void a_missed_gate_refuses_with_both_numbers_unless_somebody_says_why() throws Exception {
        String model = "gated-001/Gated";
        models.addRejected(model, "monday", 3.5);

        RunAlone refused = mlops("promote", model + "@rejected", "staging", "--json");

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("min_mean_reward demands 100.0, the training reached 3.5");
        assertThat(refused.json().getFirst().path("refused")).hasSize(1);
        assertThat(aliases(model)).doesNotContainKey("staging");
        assertThat(promotions(model)).isEmpty();

        RunAlone unsaid = mlops("promote", model + "@1", "staging", "--force");
        assertThat(unsaid.code()).isEqualTo(2);
        assertThat(unsaid.err()).contains("--reason");

        RunAlone forced = mlops("promote", model + "@1", "staging", "--force", "--reason", "a demo");
        assertThat(forced.code()).as(forced.err()).isZero();
        assertThat(forced.err()).contains("forced: a demo");
        assertThat(promotions(model).getFirst().path("forced").booleanValue()).isTrue();
    }

    @Test
    void a_job_may_demand_a_persons_approval() throws Exception {
        String model = "careful-001/Careful";
        models.add(model, "monday", 0.5, new Verdict("loaded only", Gates.NONE, List.of(), true));

        RunAlone refused = mlops("promote", model + "@1", "production");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("mlops models approve " + model + "@1");

        JsonNode approved =
                alone("approve", model + "@1", "--by", "ann", "--json").json().getFirst();
        assertThat(approved.path("approved_by").asText()).isEqualTo("ann");
        assertThat(alone("approve", model + "@1", "--by", "bob").out())
                .as("the first word stays")
                .contains("by ann");
        assertThat(mlops("promote", model + "@1", "production").code()).isZero();
    }

    @Test
    void nothing_moves_when_nobody_could_be_told() throws Exception {
        models.add(REACH, "monday", 0.5);

        RunAlone nobody = alone("promote", REACH + "@1", "production");
        RunAlone silent = alone(
                "promote",
                REACH + "@1",
                "production",
                "--bootstrap-servers=127.0.0.1:x",
                "--schema-registry-url=http://127.0.0.1:1");

        assertThat(List.of(nobody.code(), silent.code())).containsExactly(4, 4);
        assertThat(nobody.err()).contains("--no-event");
        assertThat(aliases(REACH)).doesNotContainKey("production");

        RunAlone quiet = alone("promote", REACH + "@1", "production", "--no-event", "--json");
        assertThat(quiet.code()).as(quiet.err()).isZero();
        assertThat(quiet.err()).contains("nobody is told");
        assertThat(quiet.json().getFirst().path("event").isNull()).isTrue();
        assertThat(aliases(REACH)).containsEntry("production", 1);
    }

    @Test
    void an_alias_that_moved_untold_is_no_success(TestPlatform platform) throws Exception {
        models.add(REACH, "monday", 0.5);
        Path config = Files.writeString(
                folder.resolve("small.properties"),
                "topics.prefix=" + topics.prefix() + "\nproducer.max.request.size=10\n");

        RunAlone ran = alone(
                "promote",
                REACH + "@1",
                "production",
                "--bootstrap-servers=" + platform.bootstrapServers(),
                "--schema-registry-url=" + platform.schemaRegistryUrl(),
                "--kafka-config=" + config);

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("HAS moved, to version 1", "nobody was told");
        assertThat(aliases(REACH)).containsEntry("production", 1);
    }

    @Test
    void what_is_wrong_is_named_with_its_value_and_a_remedy() throws Exception {
        models.add(REACH, "monday", 0.5);

        refuses(2, "names no version", "show", REACH);
        refuses(2, "names no model", "list", "reach");
        refuses(3, "did you mean " + REACH, "show", "reach-001/Raech@1");
        refuses(3, "There is no version 7 of " + REACH + "; there are 1.", "show", REACH + "@7");
        refuses(3, "did you mean latest?", "show", REACH + "@latst");
        refuses(3, "no version with the alias production", "rollback", REACH, "--no-event");
        refuses(2, "did you mean staging?", "promote", REACH + "@1", "stagin", "--no-event");
        refuses(2, "did you mean vertex?", "list", "--registry", "vertx");
        refuses(3, "VERTEX_PROJECT", "list", "--registry", "vertex");
        refuses(3, "vertex.staging-bucket", "list", "--registry", "vertex", "--project", "p");
        refuses(2, "did you mean vertex.endpoint?", "list", "--set", "vertex.endpiont=x");
        refuses(2, "is no Unity project", "export", REACH + "@1", "--to-unity", folder.toString());
        refuses(2, "'s3://bucket' is neither a path nor a URI", "list", "--set", "artifacts.root=s3://bucket");
        refuses(2, "registry.root", "list", "--set", "artifacts.root=gs://bucket");
        assertThat(topics.run(EventsCommand::new, "events", "--topic", "model-promotd")
                        .err())
                .contains("did you mean model-promoted?");
        assertThat(topics.run(EventsCommand::new, "events").code()).isEqualTo(2);
    }

    private void refuses(int code, String says, String... arguments) {
        RunAlone ran = alone(arguments);
        assertThat(ran.code())
                .as(String.join(" ", arguments) + ": " + ran.err())
                .isEqualTo(code);
        assertThat(ran.err()).contains(says);
    }
}
