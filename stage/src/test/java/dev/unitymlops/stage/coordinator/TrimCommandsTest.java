package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformExtension.class)
class TrimCommandsTest {

    @Test
    void whatWasDecidedIsRemovedAndTheRestStays(TestPlatform platform) throws Exception {
        String prefix = platform.newPrefix();
        platform.createTopics(prefix, Topics.BUILD_COMMANDS);
        KafkaClients clients = new KafkaClients(Settings.of(Map.of(
                        "bootstrap.servers", platform.bootstrapServers(),
                        "schema.registry.url", platform.schemaRegistryUrl()))
                .read(KafkaSettings::from));
        TopicPartition partition = new TopicPartition(prefix + Topics.BUILD_COMMANDS.name(), 0);
        try (Producer<byte[], byte[]> producer = clients.bytesProducer("test", Map.of())) {
            for (byte i = 0; i < 5; i++) {
                producer.send(new ProducerRecord<>(partition.topic(), 0, null, new byte[] {i}))
                        .get();
            }
        }
        try (Admin admin = clients.admin("test");
                Consumer<byte[], byte[]> reader = clients.bytesConsumer("reader", Map.of())) {
            admin.alterConsumerGroupOffsets(prefix + "build-service", Map.of(partition, new OffsetAndMetadata(3)))
                    .all()
                    .get();

            new TrimCommands(StageLine.BUILD, clients, new TopicSettings(false, prefix, -1, 0)).trim();

            assertThat(reader.beginningOffsets(List.of(partition))).containsEntry(partition, 3L);
            assertThat(reader.endOffsets(List.of(partition))).containsEntry(partition, 5L);
        }
    }
}
