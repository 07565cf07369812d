package dev.unitymlops.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.Where;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFileTest {
    private static final String MINIMAL = """
            schedule_id: nightly
            cron_expression: 0 2 * * *
            asset_specs:
              - {asset_id: a-1, name: FirstAgent, observation_space: {velocity: 2}, action_space: {type: continuous, size: 2}}
              - {asset_id: a-2, name: OtherAgent, observation_space: {velocity: 2}, action_space: {type: continuous, size: 2}}
            rl_config: {max_steps: 1e5}
            """;

    /** json.dumps(dataclasses.asdict(schedule)) of the setup guide's nightly schedule, its nulls and defaults included. */
    private static final String OF_THE_ORIGINAL = """
            {"schedule_id": "nightly", "cron_expression": "0 2 * * *", "asset_specs": [{"asset_id": "patrol-001",
             "name": "PatrolAgent", "asset_type": "behavior",
             "description": "Patrol between waypoints while avoiding obstacles.", "observation_space": {},
             "action_space": {}, "metadata": {}}],
             "rl_config": {"algorithm": "PPO", "max_steps": 1000000, "num_envs": 16, "time_scale": 20.0,
             "batch_size": 1024, "buffer_size": 10240, "learning_rate": 0.0003, "beta": 0.005, "epsilon": 0.2,
             "lambd": 0.95, "num_epoch": 3, "hidden_units": 256, "num_layers": 2,
             "use_offline_demonstrations": false, "demonstration_path": null, "additional_hyperparameters": {}},
             "unity_project_path": "/path/to/unity/project", "output_dir": "artifacts", "vertex_project": null,
             "vertex_region": "us-central1", "webhook_url": "https://example.com/webhook/training"}
            """;

    @Test
    void defaults() {
        TrainingSchedule schedule = valid(MINIMAL);
        assertThat(schedule.getDialect()).isEqualTo(CronDialect.UNIX);
        assertThat(schedule.getTimeZone()).isEqualTo("UTC");
        assertThat(schedule.getEnabled()).isTrue();
        assertThat(schedule.getMaxConcurrentJobs()).isNull();
        assertThat(schedule.getMissedTicks()).isEqualTo(MissedTicks.LAST);
        assertThat(schedule.getMissedWindowSeconds()).isEqualTo(86_400);
        assertThat(schedule.getOverlap()).isEqualTo(Overlap.ALLOW);
        assertThat(schedule.getJitterSeconds()).isZero();
        assertThat(schedule.getStartsAt()).isNull();
        assertThat(schedule.getEndsAt()).isNull();
        assertThat(schedule.getWebhookUrl()).isNull();
        assertThat(schedule.getRequestedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void oneJobPerAssetWithTheRestOfTheFile() {
        List<TrainingJob> jobs =
                valid(MINIMAL + "priority: 7\nmetadata: {ticket: GAME-42}\n").getJobs();
        assertThat(jobs).extracting(TrainingJob::getJobId).containsExactly("a-1", "a-2");
        assertThat(jobs).extracting(job -> job.getAssetSpec().getName()).containsExactly("FirstAgent", "OtherAgent");
        assertThat(jobs).allSatisfy(job -> {
            assertThat(job.getScheduleId()).isEqualTo("nightly");
            assertThat(job.getRlConfig().getMaxSteps()).isEqualTo(100_000);
            assertThat(job.getPriority()).isEqualTo(7);
            assertThat(job.getMetadata()).containsEntry("ticket", "GAME-42");
        });
    }

    @Test
    void everyFieldOfItsOwn() {
        TrainingSchedule schedule = valid(MINIMAL.replace("0 2 * * *", "0 0 2 ? * MON-FRI") + """
                dialect: quartz
                time_zone: Europe/Berlin
                enabled: false
                max_concurrent_jobs: 3
                missed_ticks: all
                missed_window: 12h
                overlap: cancel-running
                jitter: 90s
                starts_at: 2026-12-01
                ends_at: 2027-03-31T23:59
                webhook_url: endpoint:builds
                """);
        assertThat(schedule.getDialect()).isEqualTo(CronDialect.QUARTZ);
        assertThat(schedule.getTimeZone()).isEqualTo("Europe/Berlin");
        assertThat(schedule.getEnabled()).isFalse();
        assertThat(schedule.getMaxConcurrentJobs()).isEqualTo(3);
        assertThat(schedule.getMissedTicks()).isEqualTo(MissedTicks.ALL);
        assertThat(schedule.getMissedWindowSeconds()).isEqualTo(12 * 3600);
        assertThat(schedule.getOverlap()).isEqualTo(Overlap.CANCEL_RUNNING);
        assertThat(schedule.getJitterSeconds()).isEqualTo(90);
        assertThat(schedule.getStartsAt()).isEqualTo(Instant.parse("2026-11-30T23:00:00Z"));
        assertThat(schedule.getEndsAt()).isEqualTo(Instant.parse("2027-03-31T21:59:00Z"));
        assertThat(schedule.getWebhookUrl()).isEqualTo("endpoint:builds");
        assertThat(schedule.getJobs()).extracting(TrainingJob::getWebhookUrl).containsOnly("endpoint:builds");
    }

    @Test
    void theOriginalsFileIsReadAsItIs() {
        TrainingSchedule schedule = valid(OF_THE_ORIGINAL);
        assertThat(schedule.getWebhookUrl()).isEqualTo("https://example.com/webhook/training");
        assertThat(schedule.getJobs()).singleElement().satisfies(job -> {
            assertThat(job.getUnityProjectPath()).isEqualTo("/path/to/unity/project");
            assertThat(job.getVertexProject()).isNull();
        });
    }

    @Test
    void theOriginalsFileOfSacCarriesDefaultsOfPpo() {
        String sac = OF_THE_ORIGINAL.replace("\"PPO\"", "\"SAC\"");
        assertThat(valid(sac).getJobs().getFirst().getRlConfig().getBeta()).isNull();
        assertThat(warnings(sac)).anySatisfy(warning -> assertThat(warning).contains("SAC takes none of them"));
        assertThat(invalid(sac.replace("\"beta\": 0.005", "\"beta\": 0.01")))
                .extracting(Problem::getField)
                .contains("rl_config.beta");
    }

    @Test
    void aNullIsAsAbsent() {
        assertThat(valid(MINIMAL + """
                time_zone: null
                enabled:
                max_concurrent_jobs: null
                missed_ticks: null
                jitter: null
                starts_at: null
                """)).isEqualTo(valid(MINIMAL));
    }

    @Test
    void aDryScheduleSaysSoLoudlyAndOnce() {
        assertThat(warnings(MINIMAL)).singleElement().asString().startsWith("DRY RUN");
        assertThat(warnings(MINIMAL + "dry_run: false\n")).isEmpty();
        assertThat(warnings(MINIMAL.replace("observation_space: {velocity: 2}, ", "")))
                .anySatisfy(warning -> assertThat(warning).startsWith("asset_specs[1].observation_space is empty"));
    }

    @Test
    void theEnvironmentFillsInWhatTheFileLeavesOut() {
        JobDefaults defaults = new JobDefaults(
                Map.of("UNITY_PROJECT_PATH", "/games/reach", "TRAINING_WEBHOOK_URL", "https://example.com/hook"));
        TrainingSchedule schedule = ((ScheduleFile.Valid) ScheduleFile.parse(MINIMAL, defaults)).schedule();
        assertThat(schedule.getWebhookUrl()).isEqualTo("https://example.com/hook");
        assertThat(schedule.getJobs())
                .extracting(TrainingJob::getUnityProjectPath)
                .containsOnly("/games/reach");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            schedule_id: "a b"                  | schedule_id           | letters
            schedule_id: 12                     | schedule_id           | in quotes
            cron_expression: 0 0 30 2 *         | cron_expression       | five fields
            cron_expression: 0 25 * * *         | cron_expression       | five fields
            cron_expression: 0 0 2 * * *        | cron_expression       | five fields
            jiter: 5m                           | jiter                 | Did you mean jitter?
            time_zone: Berlin                   | time_zone             | Did you mean Europe/Berlin?
            time_zone: Europe/Berln             | time_zone             | Did you mean Europe/Berlin?
            time_zone: america/new york         | time_zone             | Did you mean America/New_York?
            time_zone: "+02:00"                 | time_zone             | IANA
            timezones: UTC                      | timezones             | Did you mean time_zone?
            dialect: cron                       | dialect               | Give one of them.
            dialect: unknown                    | dialect               | Give one of them.
            missed_ticks: lst                   | missed_ticks          | Did you mean last?
            overlap: cancel-runing              | overlap               | Did you mean cancel-running?
            overlap: 3                          | overlap               | Give one of them.
            enabled: yes                        | enabled               | true or false
            max_concurrent_jobs: 0              | max_concurrent_jobs   | from 1
            max_concurrent_jobs: "2"            | max_concurrent_jobs   | without quotes
            max_concurrent_jobs: 1.5            | max_concurrent_jobs   | without quotes
            max_concurrent_jobs: 1e12           | max_concurrent_jobs   | from 1
            jitter: a while                     | jitter                | 30s
            jitter: 2d                          | jitter_seconds        | to 86400
            jitter_seconds: -1                  | jitter_seconds        | from 0
            missed_window: 0                    | missed_window_seconds | from 1
            starts_at: tomorrow                 | starts_at             | 2026-10-04
            ends_at: 2026-13-01                 | ends_at               | 2026-10-04
            job_id: mine                        | job_id                | Remove it
            asset_spec: {asset_id: a}           | asset_spec            | asset_specs
            max_step: 3                         | max_step              | unity.max_step
            priority: 99                        | priority              | to 9
            webhook_url: https://a:b@example.com | webhook_url          | endpoint:<name>
            asset_specs: []                     | asset_specs           | at least one
            asset_specs: {a: 1}                 | asset_specs           | at least one
            asset_specs: null                   | asset_specs           | at least one
            asset_specs: [{asset_id: a, name: class}] | asset_specs[0].name | Choose another
            rl_config: {max_step: 1}            | rl_config.max_step    | Did you mean max_steps?
            rl_config: {time_scale: 500}        | rl_config.time_scale  | to 100
            """)
    void namesTheFieldAndTheRemedy(String line, String field, String remedy) {
        String key = line.substring(0, line.indexOf(':'));
        assertThat(invalid(without(key) + line + "\n")).singleElement().satisfies(problem -> {
            assertThat(problem.getField()).isEqualTo(field);
            assertThat(problem.getRemedy()).contains(remedy);
        });
    }

    @Test
    void tellsEverythingAtOnceAndOnce() {
        assertThat(invalid("""
                schedule_id: -x
                cron_expression: 0 0 31 2 *
                time_zone: Mars/Olympus
                overlap: never
                jitter: soon
                asset_specs:
                  - {asset_id: a, name: class}
                  - {asset_id: "b c", name: Fine}
                rl_config: {max_steps: many}
                dry_runs: false
                """))
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder(
                        "schedule_id",
                        "cron_expression",
                        "time_zone",
                        "overlap",
                        "jitter",
                        "asset_specs[0].name",
                        "asset_specs[1].asset_id",
                        "rl_config.max_steps",
                        "dry_runs");
    }

    @Test
    void missingFieldsAreToldTogether() {
        assertThat(invalid("enabled: true\n"))
                .extracting(Problem::getField)
                .containsExactlyInAnyOrder("schedule_id", "cron_expression", "asset_specs", "rl_config");
    }

    @Test
    void expressionsThatNeverFireNameTheWrongField() {
        assertThat(invalid(MINIMAL.replace("0 2 * * *", "0 0 30 2 *")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.getField()).isEqualTo("cron_expression");
                    assertThat(problem.getMessage())
                            .isEqualTo("never fires: its day-of-month 30 does not come in month 2");
                });
    }

    @Test
    void startAndEnd() {
        assertThat(invalid(MINIMAL + "starts_at: 2026-02-01\nends_at: 2026-01-01\n"))
                .extracting(Problem::getField)
                .containsExactly("starts_at");
        assertThat(invalid(MINIMAL + "starts_at: 2026-02-01T03:00\nends_at: 2026-02-02T01:00\n"))
                .extracting(Problem::getField)
                .containsExactly("ends_at");
    }

    @Test
    void twoAssetsCannotGiveTheSameJobId() {
        assertThat(invalid(MINIMAL.replace("a-2", "a-1")))
                .extracting(Problem::getField)
                .containsExactly("asset_specs[1].asset_id");
    }

    @Test
    void theLongestJobIdHas128Characters() {
        String longest = "n".repeat(128 - "-a-1-20261004T020000Z".length());
        assertThat(valid(MINIMAL.replace("nightly", longest)).getScheduleId()).isEqualTo(longest);
        assertThat(invalid(MINIMAL.replace("nightly", longest + "n")))
                .extracting(Problem::getField)
                .containsExactly("asset_specs[0].asset_id", "asset_specs[1].asset_id");
    }

    @Test
    void unreadableFiles(@TempDir Path folder) {
        ScheduleFile.Result result = ScheduleFile.read(folder.resolve("none.yaml"), JobDefaults.none());
        assertThat(((ScheduleFile.Invalid) result).problems())
                .extracting(Problem::getField)
                .containsExactly("file");
        assertThat(invalid("- a\n- b\n")).extracting(Problem::getField).containsExactly("file");
        assertThat(invalid("a: [")).extracting(Problem::getField).containsExactly("file");
    }

    @Test
    void whatAFileGivesPassesTheRulesOfRecords() {
        assertThat(ScheduleRules.check(valid(MINIMAL), Where.ELSEWHERE)).isEmpty();
    }

    private static TrainingSchedule valid(String text) {
        ScheduleFile.Result result = ScheduleFile.parse(text, JobDefaults.none());
        assertThat(result).isInstanceOf(ScheduleFile.Valid.class);
        return ((ScheduleFile.Valid) result).schedule();
    }

    private static List<String> warnings(String text) {
        return ((ScheduleFile.Valid) ScheduleFile.parse(text, JobDefaults.none())).warnings();
    }

    private static List<Problem> invalid(String text) {
        ScheduleFile.Result result = ScheduleFile.parse(text, JobDefaults.none());
        assertThat(result).isInstanceOf(ScheduleFile.Invalid.class);
        return ((ScheduleFile.Invalid) result).problems();
    }

    /** The minimal schedule without the block of one top-level key. */
    private static String without(String key) {
        return MINIMAL.replaceAll("(?m)^" + key + ":.*\n(^ .*\n)*", "");
    }
}
