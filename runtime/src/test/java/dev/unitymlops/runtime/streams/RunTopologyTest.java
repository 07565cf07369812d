package dev.unitymlops.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTopologyTest {

    @Test
    void ourDefaultsGiveWayToWhatWasChosenForEveryClientOrForOneKind() {
        Map<String, Object> defaults = new HashMap<>(Map.of(
                "producer.linger.ms", "0", "consumer.session.timeout.ms", "10000", "producer.retry.backoff.ms", "2"));

        RunTopology.giveWay(defaults, Map.of("linger.ms", "5", "producer.retry.backoff.ms", "7"));

        assertThat(defaults).containsOnlyKeys("consumer.session.timeout.ms", "producer.retry.backoff.ms");
    }
}
