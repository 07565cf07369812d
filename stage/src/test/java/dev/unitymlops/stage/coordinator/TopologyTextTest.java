package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.StageLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The coordinators' topologies as they are drawn; {@code -Dtopology.write} draws them anew. */
class TopologyTextTest {

    private static final Path DRAWN = Path.of("src/test/resources/dev/unitymlops/stage/coordinator");

    static Stream<StageLine<?, ?>> lines() {
        return Stream.of(StageLine.BUILD, StageLine.TRAIN, StageLine.REGISTRY);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void itsShapeIsAsDrawn(StageLine<?, ?> line) throws IOException {
        KafkaClients clients = new KafkaClients(
                Settings.of(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://drawn"))
                        .read(KafkaSettings::from));
        String shape = new CoordinatorTopology(line, name -> name, clients)
                .build(() -> HostedTask.processor(line, LocalWorker.NONE))
                .describe()
                .toString();
        Path drawn = DRAWN.resolve(line.word() + "-topology.txt");
        if (System.getProperty("topology.write") != null) {
            Files.writeString(drawn, shape.stripTrailing() + "\n");
        }
        assertThat(shape)
                .as(
                        "%s: names are part of the changelog's name and of who reads what, a change may lose every job's state;"
                                + " if it is meant: ./mvnw -pl stage -am test -Dtest=TopologyTextTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtopology.write",
                        drawn)
                .isEqualToNormalizingWhitespace(Files.readString(drawn));
    }
}
