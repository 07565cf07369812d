package dev.unitymlops.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Today's schemas against those of every release ({@code released/<version>/<topic>.avsc}): FULL_TRANSITIVE, checked
 * before a registry can refuse it. {@code -Dschemas.release=<version>} writes down those of a new release.
 */
class ReleasedSchemasTest {
    private static final Path RELEASES = Contract.inModule("released");

    @BeforeAll
    static void writeANewRelease() throws IOException {
        String version = System.getProperty("schemas.release");
        if (version == null) {
            return;
        }
        // fails where the release is there already: what was released stays
        Path release = Files.createDirectory(RELEASES.resolve(version));
        for (Map.Entry<String, Schema> topic : Contract.persisted().entrySet()) {
            Files.writeString(
                    release.resolve(topic.getKey() + ".avsc"),
                    SchemaFormatter.format("json/pretty", topic.getValue()) + "\n");
        }
    }

    static List<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASES)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatEitherWroteTheOtherReads(Path release) throws IOException {
        String version = release.getFileName().toString();
        assertThat(Compatibility.violations(version, schemasOf(release), Contract.persisted()))
                .as(
                        "changes that break readers or writers of release %s; CONTRIBUTING.md says what is allowed",
                        version)
                .isEmpty();
    }

    @Test
    void everyReleaseIsAVersion() throws IOException {
        assertThat(releases())
                .isNotEmpty()
                .allSatisfy(
                        release -> assertThat(release.getFileName().toString()).matches("\\d+\\.\\d+\\.\\d+"));
    }

    private static Map<String, Schema> schemasOf(Path release) throws IOException {
        Map<String, Schema> byTopic = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(release)) {
            for (Path file : files.sorted().toList()) {
                byTopic.put(
                        file.getFileName().toString().replace(".avsc", ""),
                        new Schema.Parser().parse(Files.readString(file)));
            }
        }
        assertThat(byTopic).as("schemas in %s", release).isNotEmpty();
        return byTopic;
    }
}
