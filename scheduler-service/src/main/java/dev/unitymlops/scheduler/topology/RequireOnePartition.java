package dev.unitymlops.scheduler.topology;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.MissingHere;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.TopicSpec;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/**
 * Refuses to start where the topics that schedules are decided on were made with several partitions: each would have limits
 * of its own, and a schedule's job would end in another task than it began.
 */
final class RequireOnePartition implements Component {

    private static final int PATIENCE_SECONDS = 30;

    private final KafkaClients clients;
    private final TopicSettings topics;
    private final List<TopicSpec> required;

    RequireOnePartition(KafkaClients clients, TopicSettings topics, List<TopicSpec> required) {
        this.clients = clients;
        this.topics = topics;
        this.required = required;
    }

    @Override
    public String name() {
        return "one-partition";
    }

    @Override
    public void start(OnFatal onFatal) throws InterruptedException, TimeoutException {
        List<String> names = required.stream().map(topics::name).toList();
        try (Admin admin = clients.admin(name())) {
            Collection<TopicDescription> found = admin.describeTopics(names)
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .values();
            List<String> wrong = found.stream()
                    .filter(topic -> topic.partitions().size() != 1)
                    .map(TopicDescription::name)
                    .toList();
            if (!wrong.isEmpty()) {
                throw new MissingHere("The topics " + wrong
                        + " must have one partition each and have more: remove them and let this service create them");
            }
        } catch (ExecutionException e) {
            throw new KafkaException("the topics " + names + " could not be looked at", e.getCause());
        }
    }

    @Override
    public void close() {}

    @Override
    public Health check() {
        return Health.up();
    }
}
