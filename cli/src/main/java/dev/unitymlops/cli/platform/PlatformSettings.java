package dev.unitymlops.cli.platform;

import dev.unitymlops.embedded.BrokerOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What suits a broker and services that share one process. */
final class PlatformSettings {
    private PlatformSettings() {}

    /** Shorter time-outs than a cluster's: after a kill somebody waits for the restart. */
    static Map<String, String> defaults(int slots, int opsPort) {
        var defaults = new HashMap<String, String>();
        defaults.put("worker.slots", String.valueOf(slots));
        defaults.put("worker.lease", "10s");
        defaults.put("http.port", String.valueOf(opsPort));
        defaults.put("topics.partitions", "2");
        defaults.put("topics.replication-factor", "1");
        defaults.put("kafka.consumer.session.timeout.ms", "5000");
        defaults.put("kafka.consumer.heartbeat.interval.ms", "1500");
        defaults.put("kafka.producer.transaction.timeout.ms", "5000");
        return defaults;
    }

    static Map<String, String> fixed(String bootstrapServers, String schemaRegistryUrl, Path work) {
        return Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", schemaRegistryUrl,
                "work.dir", work.toString());
    }

    static BrokerOptions broker(Path data) {
        return BrokerOptions.in(data)
                // below it a consumer's session time-out is refused; 6 s by default
                .with("group.min.session.timeout.ms", "1000");
    }
}
