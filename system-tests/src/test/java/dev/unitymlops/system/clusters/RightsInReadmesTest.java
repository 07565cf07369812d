package dev.unitymlops.system.clusters;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.runtime.Right;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.scheduler.SchedulerMain;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.train.TrainMain;
import dev.unitymlops.webhook.WebhookMain;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service's README says of its rights is what the service says of itself. */
class RightsInReadmesTest {
    private static final TopicSettings WITHOUT_PREFIX = new TopicSettings(false, "", 3, 0);

    static Stream<ClusterUse> uses() {
        return Stream.of(
                        BuildMain.SERVICE,
                        TrainMain.SERVICE,
                        RegistryMain.SERVICE,
                        SchedulerMain.SERVICE,
                        WebhookMain.SERVICE)
                .map(Service::use);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void theLeastSetIsInTheReadme(ClusterUse use) throws Exception {
        assertThat(Files.readString(Checkout.file(use.service() + "/README.md")))
                .contains(table(use));
    }

    private static String table(ClusterUse use) {
        Map<String, List<Right>> byName = use.rights(WITHOUT_PREFIX).stream()
                .collect(groupingBy(RightsInReadmesTest::target, LinkedHashMap::new, toList()));
        Map<String, List<String>> byOperations = byName.entrySet().stream()
                .collect(groupingBy(
                        entry -> entry.getValue().stream()
                                .map(Right::operationName)
                                .collect(joining(", ")),
                        LinkedHashMap::new,
                        mapping(Map.Entry::getKey, toList())));
        return "| allowed | on |\n|---|---|\n"
                + byOperations.entrySet().stream()
                        .map(entry -> "| " + entry.getKey() + " | " + String.join(", ", entry.getValue()) + " |\n")
                        .collect(joining());
    }

    private static String target(Right right) {
        String name = right.name() + (right.pattern() == PatternType.PREFIXED ? "*" : "");
        return switch (right.resource()) {
            case TOPIC -> "`" + name + "`";
            case GROUP -> "group `" + name + "`";
            default -> "transactional ids `" + name + "`";
        };
    }
}
