package dev.unitymlops.stage;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.MissingHere;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicCreator;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Refuses to start where the cluster keeps a stage's inputs longer than what answers for them: commands, which would go
 * undecided, and the markers of ended runs, without which an input that is read again runs again. What the topics were
 * declared with does not matter here, only what they have.
 */
final class CheckRetention implements Component {
    private static final String RETENTION = "retention.ms";

    private final StageLine<?, ?> line;
    private final KafkaClients clients;
    private final TopicSettings topics;
    private final Duration duplicateHorizon;

    CheckRetention(StageLine<?, ?> line, KafkaClients clients, TopicSettings topics, Duration duplicateHorizon) {
        this.line = line;
        this.clients = clients;
        this.topics = topics;
        this.duplicateHorizon = duplicateHorizon;
    }

    @Override
    public String name() {
        return line.word() + "-retention";
    }

    /** @throws MissingHere with everything that is kept too short */
    @Override
    public void start(OnFatal onFatal) throws InterruptedException {
        List<TopicSpec> inputs = List.of(line.input(), Topics.JOB_CONTROL);
        Map<String, String> found = retentions(inputs);
        List<String> tooShort = new ArrayList<>();
        String commands = topics.name(line.commands());
        for (TopicSpec input : inputs) {
            String name = topics.name(input);
            if (millis(found, commands) < millis(found, name)) {
                tooShort.add("%s keeps records for %s, %s for %s: set retention.ms of %s to at least that of %s"
                        .formatted(commands, text(found, commands), name, text(found, name), commands, name));
            }
            if (duplicateHorizon.toMillis() < millis(found, name)) {
                tooShort.add(
                        "worker.duplicate-horizon is %d d, %s keeps records for %s: make the first longer or the second shorter"
                                .formatted(duplicateHorizon.toDays(), name, text(found, name)));
            }
        }
        if (!tooShort.isEmpty()) {
            throw new MissingHere("Inputs would outlive what answers for them:\n  " + String.join("\n  ", tooShort));
        }
    }

    private Map<String, String> retentions(List<TopicSpec> inputs) throws InterruptedException {
        Duration timeout = clients.settings().startTimeout();
        List<TopicSpec> asked = new ArrayList<>(inputs);
        asked.add(line.commands());
        Admin admin = clients.admin(name());
        try {
            return new TopicCreator(admin, topics, timeout).values(RETENTION, asked);
        } finally {
            // A plain close waits a minute for requests to brokers that do not answer.
            admin.close(Duration.ZERO);
        }
    }

    /** For ever is the longest. */
    private static long millis(Map<String, String> retentions, String topic) {
        long millis = Long.parseLong(retentions.getOrDefault(topic, "-1"));
        return millis < 0 ? Long.MAX_VALUE : millis;
    }

    private static String text(Map<String, String> retentions, String topic) {
        long millis = millis(retentions, topic);
        return millis == Long.MAX_VALUE
                ? "ever"
                : millis + " ms (" + Duration.ofMillis(millis).toDays() + " d)";
    }

    @Override
    public void close() {}

    @Override
    public Health check() {
        return Health.up();
    }
}
