package dev.unitymlops.system.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.build.BuildMain;
import dev.unitymlops.registry.RegistryMain;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.ServiceHelp;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.scheduler.SchedulerMain;
import dev.unitymlops.system.Checkout;
import dev.unitymlops.train.TrainMain;
import dev.unitymlops.webhook.WebhookMain;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docker-compose.yml and docker/Dockerfile say what the services understand. Their syntax is .ci/check-images' to judge. */
class ImagesTest {
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z.-]+)` ");

    private static final String SLOTS = "MLOPS_WORKER_SLOTS";

    private final ComposeFile compose = ComposeFile.at(Checkout.file("docker-compose.yml"));
    private final ComposeFile withUnity = ComposeFile.at(Checkout.file("docker/unity.yml"));
    private final Dockerfile images = Dockerfile.at(Checkout.file("docker/Dockerfile"));

    static Stream<Service<?>> services() {
        return Stream.of(
                BuildMain.SERVICE, TrainMain.SERVICE, RegistryMain.SERVICE, SchedulerMain.SERVICE, WebhookMain.SERVICE);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyVariableThatAServiceIsGivenIsASettingOfIts(Service<?> service) {
        Map<String, String> environment = environmentOf(service.name());
        assertThat(environment.keySet())
                .filteredOn(name -> name.startsWith("MLOPS_") && !name.startsWith("MLOPS_LOG_"))
                .contains("MLOPS_BOOTSTRAP_SERVERS", "MLOPS_HTTP_PORT")
                .isSubsetOf(variablesOf(service));
        assertThat(environment.containsKey(SLOTS))
                .isEqualTo(variablesOf(service).contains(SLOTS));
        // throws with every value that is refused
        assertThat(Settings.fromArguments(List.of(), environment).reader().shape(service.config()))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceRunsItsOwnJarAndNotAsRoot(Service<?> service) {
        assertThat(compose.target(service.name())).isEqualTo(service.name());
        assertThat(images.last("USER", service.name())).isEqualTo("10001:10001");
        assertThat(images.last("ENTRYPOINT", service.name()))
                .startsWith("[\"java\", ")
                .endsWith("\"-jar\", \"/opt/unity-mlops/" + service.name() + ".jar\"]");
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceCanBeScaled(Service<?> service) {
        assertThat(compose.service(service.name())).doesNotContainKeys("container_name", "ports", "hostname");
    }

    @Test
    void kafkaAndTheRegistryAreOfTheVersionsThatTheCodeIsBuiltWith() {
        assertThat(compose.service("kafka").get("image"))
                .isEqualTo("apache/kafka:" + Checkout.property("pom.xml", "kafka.version"));
        assertThat(compose.service("schema-registry").get("image"))
                .isEqualTo("confluentinc/cp-schema-registry:"
                        + Checkout.property("confluent-serdes/pom.xml", "confluent.version"));
    }

    private Map<String, String> environmentOf(String service) {
        Map<String, String> environment = images.environment(service);
        environment.putAll(compose.environment(service));
        environment.putAll(withUnity.environment(service));
        return environment;
    }

    private static Set<String> variablesOf(Service<?> service) {
        return KEY.matcher(new ServiceHelp(service).markdown())
                .results()
                .map(key -> "MLOPS_"
                        + key.group(1)
                                .toUpperCase(Locale.ROOT)
                                .replace('.', '_')
                                .replace('-', '_'))
                .collect(Collectors.toSet());
    }
}
