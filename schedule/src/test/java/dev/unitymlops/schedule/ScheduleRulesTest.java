package dev.unitymlops.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.CronDialect;
import dev.unitymlops.events.MissedTicks;
import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.JobDefaults;
import dev.unitymlops.job.Where;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules as they may come over Kafka: no file reader has looked at them. */
class ScheduleRulesTest {
    private TrainingSchedule schedule;

    @BeforeEach
    void readTheExample() throws IOException {
        ScheduleFile.Result result = ScheduleFile.read(Path.of("..", "examples", "nightly.yaml"), JobDefaults.none());
        schedule = ((ScheduleFile.Valid) result).schedule();
    }

    @Test
    void theExampleKeepsThem() {
        assertThat(ScheduleRules.check(schedule, Where.ELSEWHERE)).isEmpty();
    }

    @Test
    void aScheduleOfNothing() {
        schedule.setJobs(List.of());
        assertThat(fields()).containsExactly("asset_specs");
    }

    @Test
    void moreAssetsThanATickMayStart() {
        schedule.setJobs(Collections.nCopies(257, schedule.getJobs().getFirst()));
        assertThat(ScheduleRules.check(schedule, Where.ELSEWHERE))
                .anySatisfy(problem -> assertThat(problem.getMessage()).isEqualTo(ScheduleRules.TOO_MANY));
    }

    @Test
    void wordsOfANewerVersion() {
        schedule.setDialect(CronDialect.UNKNOWN);
        schedule.setMissedTicks(MissedTicks.UNKNOWN);
        schedule.setOverlap(Overlap.UNKNOWN);
        assertThat(fields()).containsExactly("dialect", "missed_ticks", "overlap");
    }

    @Test
    void mistakesOfAJobAreToldOncePerAssetOrOnceForAll() {
        schedule.getJobs().forEach(job -> job.setPriority(12));
        schedule.getJobs().get(1).getAssetSpec().setName("no name");
        assertThat(fields()).containsExactly("priority", "asset_specs[1].name");
    }

    @Test
    void aWebhookOfTheScheduleAloneIsThatOfItsJobs() {
        schedule.setWebhookUrl("https://user:secret@example.com/");
        assertThat(ScheduleRules.check(schedule, Where.ELSEWHERE))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.getField()).isEqualTo("webhook_url");
                    assertThat(problem.getValue()).doesNotContain("secret");
                });
    }

    @Test
    void numbersOutOfRange() {
        schedule.setMaxConcurrentJobs(0);
        schedule.setJitterSeconds(-5);
        schedule.setMissedWindowSeconds(0);
        assertThat(fields()).containsExactly("max_concurrent_jobs", "missed_window_seconds", "jitter_seconds");
    }

    private List<String> fields() {
        return ScheduleRules.check(schedule, Where.ELSEWHERE).stream()
                .map(Problem::getField)
                .toList();
    }
}
