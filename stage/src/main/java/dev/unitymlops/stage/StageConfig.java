package dev.unitymlops.stage;

import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.coordinator.QueueOrder;
import dev.unitymlops.stage.worker.WorkerSettings;
import java.time.Duration;

/**
 * The settings that every stage has.
 *
 * @param duplicateHorizon how long an ended run is remembered; no shorter than the stages' inputs are kept
 * @param order in which order queued jobs are taken
 */
public record StageConfig(
        KafkaSettings kafka,
        TopicSettings topics,
        WorkerSettings worker,
        Roles roles,
        Duration duplicateHorizon,
        QueueOrder order) {

    /** What an instance of a stage's service does. */
    public enum Roles {
        ALL,
        /** Decodes inputs and decides who works on what: small, steady nodes. */
        COORDINATOR,
        /** Does the work: nodes that come and go without any rebalance. */
        WORKER;

        boolean coordinates() {
            return this != WORKER;
        }

        boolean works() {
            return this != COORDINATOR;
        }
    }

    private static final Duration INPUTS_KEPT =
            Duration.ofMillis(Long.parseLong(Topics.JOB_REQUESTED.configs().getOrDefault("retention.ms", "0")));

    public static StageConfig from(Settings.Reader s) {
        Duration horizon = s.key(
                        "worker.duplicate-horizon", "How long an ended run is remembered, to know its input again.")
                .duration(INPUTS_KEPT.plusDays(1));
        if (horizon.compareTo(INPUTS_KEPT) < 0) {
            s.problem(
                    "worker.duplicate-horizon",
                    horizon.toString(),
                    "is shorter than inputs stay on their topics, " + INPUTS_KEPT.toDays() + " days",
                    "give at least that, or a job that is read again runs again");
        }
        return new StageConfig(
                KafkaSettings.from(s),
                TopicSettings.from(s),
                WorkerSettings.from(s),
                s.key("worker.roles", "What this instance does: all, coordinator or worker.")
                        .choice(Roles.class, Roles.ALL),
                horizon,
                new QueueOrder(
                        s.key("queue.priority-step", "How much waiting a level of priority is worth: nothing starves.")
                                .duration(QueueOrder.STANDARD.step())));
    }
}
