package dev.unitymlops.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.Overlap;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingSchedule;
import dev.unitymlops.job.JobDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExampleTest {
    private static final Path NIGHTLY = Path.of("..", "examples", "nightly.yaml");

    @Test
    void nightlyIsValidAndDry() {
        ScheduleFile.Result result = ScheduleFile.read(NIGHTLY, JobDefaults.none());
        assertThat(result).isInstanceOfSatisfying(ScheduleFile.Valid.class, valid -> {
            assertThat(valid.warnings()).singleElement().asString().startsWith("DRY RUN");
            TrainingSchedule schedule = valid.schedule();
            assertThat(schedule.getOverlap()).isEqualTo(Overlap.SKIP);
            assertThat(schedule.getJitterSeconds()).isEqualTo(300);
            assertThat(schedule.getJobs()).hasSize(2).allMatch(TrainingJob::getDryRun);
            assertThat(Ticks.of(schedule).next(Instant.parse("2026-11-21T12:00:00Z")))
                    .contains(Instant.parse("2026-11-22T01:00:00Z"));
        });
    }

    /** Lines that are commented out state the defaults: taking them in must change nothing but what they restrict. */
    @Test
    void nightlyNamesEveryFieldOfASchedule() throws IOException {
        String text = Files.readString(NIGHTLY);
        assertThat(OwnFields.NAMES)
                .filteredOn(name -> !name.endsWith("_seconds") && !name.equals("timezone"))
                .allSatisfy(name -> assertThat(text).containsPattern("(?m)^(# )?" + name + ":"));
        String uncommented = text.replaceAll("(?m)^# (dialect|enabled|missed_ticks|missed_window|output_dir):", "$1:");
        assertThat(ScheduleFile.parse(uncommented, JobDefaults.none()))
                .isEqualTo(ScheduleFile.parse(text, JobDefaults.none()));
    }
}
