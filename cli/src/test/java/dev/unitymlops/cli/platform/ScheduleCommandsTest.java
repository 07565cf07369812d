package dev.unitymlops.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.cli.RunAlone;
import dev.unitymlops.cli.jobs.EventsCommand;
import dev.unitymlops.cli.schedules.ScheduleCommand;
import dev.unitymlops.cli.schedules.TicksCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with schedules, on all services in this JVM. */
@Timeout(300)
class ScheduleCommandsTest {
    private static final Path EXAMPLE = Path.of("../examples/nightly.yaml");

    @TempDir
    static Path folder;

    private static UpHere here;

    @BeforeAll
    static void up() throws Exception {
        here = UpHere.start(folder, Pipeline.ALL);
    }

    @AfterAll
    static void down() {
        here.close();
    }

    private static RunAlone schedule(String... arguments) {
        String[] all =
                Stream.concat(Stream.of("schedule"), Stream.of(arguments)).toArray(String[]::new);
        return here.mlops((say, find) -> new ScheduleCommand(say, find, Map.of(), Clock.systemUTC()), all);
    }

    private static List<JsonNode> ticks(String id) {
        return here.mlops(TicksCommand::new, "ticks", id, "--json").json();
    }

    private static JsonNode listed(String id) {
        return schedule("list", "--json").json().stream()
                .filter(row -> row.path("schedule_id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Path file(String id, String... changes) throws Exception {
        String text = Files.readString(EXAMPLE).replace("schedule_id: nightly", "schedule_id: " + id);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return Files.writeString(Files.createTempFile(folder, id, ".yaml"), text);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void two_assets_train_at_every_tick_right_on_time() throws Exception {
        Path often = file(
                "often",
                "cron_expression: \"0 2 * * *\"     # minute",
                "dialect: quartz\ncron_expression: \"0/2 * * * * ?\"     # minute",
                "overlap: skip",
                "overlap: allow",
                "max_concurrent_jobs: 1 ",
                "max_concurrent_jobs: 2 ",
                "jitter: 5m",
                "jitter: 0s");

        RunAlone added = schedule("add", often.toString(), "--json");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err()).as("it is a dry schedule, loudly").containsIgnoringCase("dry");
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> ticks("often").size() >= 2);
        assertThat(schedule("pause", "often", "--json")
                        .json()
                        .getFirst()
                        .path("enabled")
                        .asBoolean())
                .isFalse();

        for (JsonNode tick : ticks("often")) {
            assertThat(tick.path("decision").asText()).isEqualTo("fired");
            assertThat(Instant.parse(tick.path("tick_at").asText()).getEpochSecond() % 2)
                    .isZero();
            assertThat(tick.path("late_millis").asLong()).isBetween(0L, 30_000L);
            assertThat(texts(tick.path("job_ids")))
                    .hasSize(2)
                    .anyMatch(id -> id.startsWith("often-guard-007-"))
                    .anyMatch(id -> id.startsWith("often-patrol-001-"));
        }
        String job = ticks("often").getFirst().path("job_ids").path(0).asText();
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> topics(job).contains("model-registered"));
        assertThat(topics(job))
                .containsExactly("job-requested", "build-completed", "training-completed", "model-registered");
        JsonNode row = listed("often");
        assertThat(row.path("last_tick").path("tick_at").asText())
                .isEqualTo(ticks("often").getLast().path("tick_at").asText());
        assertThat(row.path("next_tick").isNull()).as("paused").isTrue();
        assertThat(Instant.parse(schedule("resume", "often", "--json")
                        .json()
                        .getFirst()
                        .path("next_tick")
                        .asText()))
                .isAfter(Instant.now().minusSeconds(30));
        assertThat(schedule("remove", "often").code()).isZero();
    }

    private static List<String> topics(String job) {
        return here.mlops(EventsCommand::new, "events", job, "--json").json().stream()
                .map(event -> event.path("topic").asText())
                .toList();
    }

    @Test
    void a_schedule_is_run_now_and_answers_with_its_jobs() throws Exception {
        assertThat(schedule("add", file("on-demand").toString()).code()).isZero();

        RunAlone ran = schedule("run-now", "on-demand", "--json");

        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode tick = ran.json().getFirst();
        assertThat(tick.path("origin").asText()).isEqualTo("run_now");
        assertThat(texts(tick.path("job_ids"))).hasSize(2).allMatch(id -> id.contains("-now-"));
        assertThat(ticks("on-demand")).containsExactly(tick);
    }

    @Test
    void what_is_wrong_with_a_file_is_told_all_at_once_and_nothing_is_written() throws Exception {
        Path wrong = file("wrong", "\"0 2 * * *\"", "\"0 0 30 2 *\"", "Europe/Berlin", "Europe/Berlln");

        RunAlone refused = schedule("add", wrong.toString(), "--json");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.json().getFirst().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("cron_expression", "time_zone");
        assertThat(schedule("show", "wrong").code()).isEqualTo(3);
    }

    @Test
    void unknown_schedules_are_named_and_removing_one_is_no_error() {
        for (String command : List.of("show", "pause", "resume", "run-now")) {
            RunAlone refused = schedule(command, "nobody");
            assertThat(refused.code()).as(command).isEqualTo(3);
            assertThat(refused.err()).contains("no schedule nobody");
        }
        RunAlone removed = schedule("remove", "nobody", "--json");
        assertThat(removed.code()).isZero();
        assertThat(removed.json().getFirst().path("removed").asBoolean()).isFalse();
    }
}
