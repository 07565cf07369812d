package dev.unitymlops.runtime;

import dev.unitymlops.runtime.TopicPlan.Difference;
import dev.unitymlops.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Compares the declared topics with those of a cluster, and creates what is missing. */
public final class TopicCreator {
    static final String UNCLEAN = "unclean.leader.election.enable";

    private static final Duration VISIBLE_AGAIN = Duration.ofMillis(20);

    private final Admin admin;
    private final TopicSettings settings;
    private final Duration timeout;

    /** @param timeout how long the cluster may take to answer, and a new topic to be seen */
    public TopicCreator(Admin admin, TopicSettings settings, Duration timeout) {
        this.admin = admin;
        this.settings = settings;
        this.timeout = timeout;
    }

    /**
     * What a service does when it starts: sees that its topics are there, creates them where it may, and refuses those
     * whose records or keys would not be safe.
     *
     * @throws MissingHere when topics are missing and {@code topics.create} is false, and when some are unsafe
     * @throws Unreachable when the cluster does not answer
     */
    public void ensure(Collection<TopicSpec> topics) throws InterruptedException {
        List<Difference.Missing> missing = missing(topics, describe(topics));
        if (!missing.isEmpty() && !settings.create()) {
            String names = missing.stream().map(Difference.Missing::topic).collect(Collectors.joining(", "));
            throw new MissingHere("Topics are missing: " + names
                    + "; create them with mlops topics apply, or set topics.create to true");
        }
        create(missing);
        UnsafeTopics.refuse(
                plan(topics),
                topics.stream()
                        .filter(TopicSpec::hasFixedPartitions)
                        .map(settings::name)
                        .collect(Collectors.toSet()));
    }

    /** A topic configuration's value, whoever has set it, by the topic's name on this cluster; absent topics are left out. */
    public Map<String, String> values(String key, Collection<TopicSpec> topics) throws InterruptedException {
        var values = new HashMap<String, String>();
        configs(describe(topics).keySet()).forEach((name, config) -> values.put(name, value(config, key)));
        return values;
    }

    /** Every difference, in the order of the topics; nothing is changed. */
    public TopicPlan plan(Collection<TopicSpec> topics) throws InterruptedException {
        Map<String, TopicDescription> found = describe(topics);
        var differences = new ArrayList<Difference>(missing(topics, found));
        Map<String, Config> configs = configs(found.keySet());
        for (TopicSpec topic : topics) {
            String name = settings.name(topic);
            TopicDescription description = found.get(name);
            Config config = configs.get(name);
            if (description != null && config != null) {
                int actual = description.partitions().size();
                if (actual != settings.partitions(topic)) {
                    differences.add(new Difference.OtherPartitions(name, settings.partitions(topic), actual));
                }
                int replicas = description.partitions().getFirst().replicas().size();
                if (replicas < settings.replicationFactor()) {
                    differences.add(new Difference.FewerReplicas(name, settings.replicationFactor(), replicas));
                }
                differences.addAll(otherConfigs(name, topic, config));
                differences.addAll(losesRecords(name, replicas, config));
            }
        }
        return new TopicPlan(differences);
    }

    /** Creates and sets what a plan says; other partition counts stay as they are. */
    public void apply(TopicPlan plan) throws InterruptedException {
        create(plan.missing());
        var alterations = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        for (Difference difference : plan.differences()) {
            if (difference instanceof Difference.OtherConfig other) {
                alterations
                        .computeIfAbsent(resource(other.topic()), topic -> new ArrayList<>())
                        .add(new AlterConfigOp(new ConfigEntry(other.key(), other.wanted()), AlterConfigOp.OpType.SET));
            }
        }
        if (!alterations.isEmpty()) {
            get(admin.incrementalAlterConfigs(alterations).all());
        }
    }

    private List<Difference.Missing> missing(Collection<TopicSpec> topics, Map<String, TopicDescription> found) {
        return topics.stream()
                .filter(topic -> !found.containsKey(settings.name(topic)))
                .map(topic -> new Difference.Missing(
                        settings.name(topic),
                        settings.partitions(topic),
                        settings.replicationFactor(),
                        settings.configs(topic)))
                .toList();
    }

    private static List<Difference> otherConfigs(String name, TopicSpec topic, Config config) {
        var differences = new ArrayList<Difference>();
        topic.configs().forEach((key, wanted) -> {
            String actual = value(config, key);
            if (!wanted.equals(actual)) {
                differences.add(new Difference.OtherConfig(name, key, wanted, actual));
            }
        });
        return differences;
    }

    /** Acknowledged records survive a broker only when two brokers have them, and when one of these leads next. */
    static List<Difference> losesRecords(String name, int replicas, Config config) {
        var differences = new ArrayList<Difference>();
        String inSync = value(config, TopicSettings.MIN_IN_SYNC_KEY);
        if (replicas >= TopicSettings.REPLICAS && Integer.parseInt(inSync) < TopicSettings.MIN_IN_SYNC) {
            differences.add(new Difference.OtherConfig(
                    name, TopicSettings.MIN_IN_SYNC_KEY, String.valueOf(TopicSettings.MIN_IN_SYNC), inSync));
        }
        if ("true".equals(value(config, UNCLEAN))) {
            differences.add(new Difference.OtherConfig(name, UNCLEAN, "false", "true"));
        }
        return differences;
    }

    private static String value(Config config, String key) {
        ConfigEntry entry = config.get(key);
        return entry == null ? "" : entry.value();
    }

    /** Another service may create the same topic at the same time: that it then exists is all that is wanted. */
    private void create(List<Difference.Missing> missing) throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        List<NewTopic> topics = missing.stream()
                .map(topic -> new NewTopic(topic.topic(), Optional.of(topic.partitions()), Optional.of((short)
                                topic.replicationFactor()))
                        .configs(topic.configs()))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            createdOrThere(created);
        }
        awaitVisible(missing.stream().map(Difference.Missing::topic).collect(Collectors.toSet()));
    }

    private void createdOrThere(KafkaFuture<Void> created) throws InterruptedException {
        try {
            getUnless(TopicExistsException.class, created);
        } catch (KafkaException e) {
            if (e.getCause() instanceof InvalidReplicationFactorException tooFew) {
                throw new MissingHere("The cluster has too few brokers for topics.replication-factor = "
                        + settings.replicationFactor() + " (" + tooFew.getMessage()
                        + "); start more, or set it to what a cluster that may lose jobs with a broker has, such as 1");
            }
            throw e;
        }
    }

    /** A broker learns of a new topic a moment after the controller has answered. */
    private void awaitVisible(Set<String> names) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!describeNames(names).keySet().containsAll(names)) {
            if (System.nanoTime() > deadline) {
                throw new Unreachable("New topics are not visible after " + timeout + ": " + names, null);
            }
            TimeUnit.NANOSECONDS.sleep(VISIBLE_AGAIN.toNanos());
        }
    }

    private Map<String, TopicDescription> describe(Collection<TopicSpec> topics) throws InterruptedException {
        return describeNames(topics.stream().map(settings::name).collect(Collectors.toSet()));
    }

    private Map<String, TopicDescription> describeNames(Set<String> names) throws InterruptedException {
        var found = new HashMap<String, TopicDescription>();
        for (var entry : admin.describeTopics(names).topicNameValues().entrySet()) {
            getUnless(UnknownTopicOrPartitionException.class, entry.getValue())
                    .ifPresent(description -> found.put(entry.getKey(), description));
        }
        return found;
    }

    private Map<String, Config> configs(Set<String> names) throws InterruptedException {
        var found = new HashMap<String, Config>();
        var resources = names.stream().map(TopicCreator::resource).toList();
        get(admin.describeConfigs(resources).all()).forEach((resource, config) -> found.put(resource.name(), config));
        return found;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private <T> T get(KafkaFuture<T> future) throws InterruptedException {
        return KafkaAnswers.get(future, timeout);
    }

    private <T> Optional<T> getUnless(Class<? extends Exception> expected, KafkaFuture<T> future)
            throws InterruptedException {
        return KafkaAnswers.getUnless(expected, future, timeout);
    }
}
