package dev.unitymlops.scheduler;

import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.scheduler.decision.Limits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of scheduler-service.
 *
 * @param sessionTimeout how long after its last sign of life a killed instance is replaced by another
 * @param workFolder local folder for state that may be lost
 */
public record SchedulerConfig(
        KafkaSettings kafka, TopicSettings topics, Limits limits, Duration sessionTimeout, Path workFolder) {

    private static final int MOST_PLACES = 1_000_000;

    public static SchedulerConfig from(Settings.Reader s) {
        return new SchedulerConfig(
                KafkaSettings.from(s),
                TopicSettings.from(s),
                new Limits(
                        s.key("scheduler.max-concurrency", "Jobs of all schedules together that may run at once.")
                                .count(2, 1, MOST_PLACES),
                        s.key("scheduler.missed-after", "How late a tick may be decided before it counts as missed.")
                                .duration(Duration.ofMinutes(1))),
                s.key(
                                "scheduler.session-timeout",
                                "How long after its last sign of life a killed instance is replaced by another.")
                        .duration(Duration.ofSeconds(10)),
                s.key("work.dir", "Local folder for scratch files, kept copies and state.")
                        .path(Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops")));
    }
}
