package dev.unitymlops.runtime;

import dev.unitymlops.schemas.TopicSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a service does on a cluster: its topics and its rights follow from it, and nothing else says what they are.
 *
 * @param service its name; with the cluster's prefix that of its Kafka Streams application, so of a consumer group, and what
 *     its transactional ids begin with
 * @param reads topics that it reads
 * @param writes topics that it writes
 * @param trims topics of which it removes records that nobody needs any more
 * @param groups consumer groups beside the application's, without the cluster's prefix
 * @param changelogs where the application's stores are kept
 */
public record ClusterUse(
        String service,
        List<TopicSpec> reads,
        List<TopicSpec> writes,
        List<TopicSpec> trims,
        List<String> groups,
        List<TopicSpec> changelogs) {

    public ClusterUse {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        trims = List.copyOf(trims);
        groups = List.copyOf(groups);
        changelogs = List.copyOf(changelogs);
    }

    /** Of one that uses no cluster. */
    public static ClusterUse none(String service) {
        return new ClusterUse(service, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** All that it touches, each once. */
    public List<TopicSpec> topics() {
        return each(Stream.of(reads, writes, trims, changelogs).flatMap(Collection::stream));
    }

    /** The topics of several lists, each once. */
    public static List<TopicSpec> each(Stream<TopicSpec> topics) {
        Map<String, TopicSpec> byName = new LinkedHashMap<>();
        topics.forEach(topic -> byName.putIfAbsent(topic.name(), topic));
        return List.copyOf(byName.values());
    }

    /**
     * The least that its principal must be allowed where the topics are there already. Who keeps state looks at the settings
     * of each of its topics when it starts, since it refuses those that could lose records.
     */
    public List<Right> rights(TopicSettings settings) {
        var rights = new ArrayList<Right>();
        topics().forEach(topic ->
                operations(topic).forEach(operation -> rights.add(Right.onTopic(settings.name(topic), operation))));
        if (keepsState()) {
            rights.add(Right.onGroup(settings.prefix() + service));
            rights.add(Right.onTransactionalIds(settings.prefix() + service + "-"));
        }
        groups.forEach(group -> rights.add(Right.onGroup(settings.prefix() + group)));
        return List.copyOf(rights);
    }

    private List<AclOperation> operations(TopicSpec topic) {
        boolean kept = changelogs.contains(topic);
        var operations = new ArrayList<AclOperation>();
        if (kept || reads.contains(topic)) {
            operations.add(AclOperation.READ);
        }
        if (kept || writes.contains(topic)) {
            operations.add(AclOperation.WRITE);
        }
        if (trims.contains(topic)) {
            operations.add(AclOperation.DELETE);
        }
        if (keepsState()) {
            operations.add(AclOperation.DESCRIBE_CONFIGS);
        }
        return operations;
    }

    private boolean keepsState() {
        return !changelogs.isEmpty();
    }
}
