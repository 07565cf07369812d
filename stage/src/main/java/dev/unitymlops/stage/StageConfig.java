package dev.unitymlops.stage;

import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.stage.worker.WorkerSettings;

/** The settings that every stage has. */
public record StageConfig(KafkaSettings kafka, TopicSettings topics, WorkerSettings worker, Roles roles) {

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

    public static StageConfig from(Settings.Reader s) {
        return new StageConfig(
                KafkaSettings.from(s),
                TopicSettings.from(s),
                WorkerSettings.from(s),
                s.key("worker.roles", "What this instance does: all, coordinator or worker.")
                        .choice(Roles.class, Roles.ALL));
    }
}
