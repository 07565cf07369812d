package dev.unitymlops.testkit;

import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Apache Kafka's own image; there is one from 3.7.0 on. */
final class BrokerInContainer implements TestBroker {
    private static final String IMAGE = "apache/kafka:";

    private final KafkaContainer container;

    /** @param version of Kafka, such as 3.7.2 */
    BrokerInContainer(String version) {
        container = new KafkaContainer(IMAGE + version)
                .withEnv(Map.of(
                        "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
                        "KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MS", "1",
                        "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000"));
        container.start();
    }

    static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }
}
