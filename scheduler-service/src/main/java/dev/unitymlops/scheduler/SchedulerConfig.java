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
    private static final String SESSION_TIMEOUT = "scheduler.session-timeout";
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);

    /** Brokers refuse a longer transaction unless they are set otherwise: {@code transaction.max.timeout.ms}. */
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(15);

    public static SchedulerConfig from(Settings.Reader s) {
        return new SchedulerConfig(
                KafkaSettings.from(s),
                TopicSettings.from(s),
                new Limits(
                        s.key("scheduler.max-concurrency", "Jobs of all schedules together that may run at once.")
                                .count(2, 1, MOST_PLACES),
                        s.key("scheduler.missed-after", "How late a tick may be decided before it counts as missed.")
                                .duration(Duration.ofMinutes(1))),
                sessionTimeout(s),
                s.key("work.dir", "Local folder for scratch files, kept copies and state.")
                        .path(Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops")));
    }

    private static Duration sessionTimeout(Settings.Reader s) {
        Duration asked = s.key(
                        SESSION_TIMEOUT,
                        "How long after its last sign of life a killed instance is replaced by another; 1s to 15m.")
                .duration(Duration.ofSeconds(10));
        if (asked.compareTo(SHORTEST_SESSION) < 0 || asked.compareTo(LONGEST_SESSION) > 0) {
            s.problem(
                    SESSION_TIMEOUT,
                    asked.toString(),
                    "is not between 1s and 15m",
                    "give a time between them; brokers refuse less than their group.min.session.timeout.ms, by default 6s");
        }
        return asked;
    }
}
