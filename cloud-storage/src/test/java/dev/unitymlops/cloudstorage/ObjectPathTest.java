package dev.unitymlops.cloudstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths in a bucket are what paths on a disk are; nothing here calls the bucket. */
class ObjectPathTest {

    private final Path folder = Path.of(URI.create("gs://models/artifacts"));

    /** What a disk makes of the same text. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a/b", "/", "/a/b/", "a/../b", "../a", "./a/.", "/../a", "a//b", "../../a/..", "/a/b/../.."
            })
    void namesAreTakenApartAsOnADisk(String text) {
        Path path = folder.getFileSystem().getPath(text);
        Path onDisk = Path.of(text);
        assertThat(plain(path.normalize())).isEqualTo(onDisk.normalize().toString());
        assertThat(path.isAbsolute()).isEqualTo(onDisk.isAbsolute());
        assertThat(path.getNameCount()).isEqualTo(onDisk.getNameCount());
        assertThat(String.valueOf(path.getFileName())).isEqualTo(String.valueOf(onDisk.getFileName()));
        assertThat(plain(path.getParent())).isEqualTo(plain(onDisk.getParent()));
        assertThat(plain(path.resolve("x/y"))).isEqualTo(onDisk.resolve("x/y").toString());
        assertThat(plain(path.resolveSibling("x")))
                .isEqualTo(onDisk.resolveSibling("x").toString());
    }

    @ParameterizedTest
    @CsvSource({"a/b, a/b/c", "a/b, a/c", "a/b/c, a", "a, b/c", "a/b, a/b"})
    void theWayFromOneToAnotherIsThatOfADisk(String from, String to) {
        Path way = folder.resolve(from).relativize(folder.resolve(to));
        assertThat(way)
                .hasToString(Path.of("/" + from).relativize(Path.of("/" + to)).toString());
        assertThat(folder.resolve(from).resolve(way).normalize()).isEqualTo(folder.resolve(to));
    }

    @Test
    void aPathIsItsUriAndBack() {
        Path path = folder.resolve("a b/ü%.onnx");
        assertThat(path.toUri()).hasToString("gs://models/artifacts/a%20b/ü%25.onnx");
        assertThat(Path.of(path.toUri())).isEqualTo(path);
        assertThat(path).hasToString("gs://models/artifacts/a b/ü%.onnx");
        assertThat(folder.getFileSystem().getPath(path.toString())).isEqualTo(path);
        assertThat(Path.of(URI.create("gs://with_underscore.and-dots/x")).toUri())
                .hasToString("gs://with_underscore.and-dots/x");
    }

    @Test
    void beginningsAndEndsAreWholeNames() {
        Path attempt = folder.resolve("attempt-10/x");
        assertThat(attempt.startsWith(folder.resolve("attempt-1"))).isFalse();
        assertThat(attempt.startsWith(folder.resolve("attempt-10"))).isTrue();
        assertThat(attempt.endsWith("x")).isTrue();
        assertThat(attempt.endsWith("10/x")).isFalse();
        assertThat(attempt.startsWith(Path.of("/artifacts"))).isFalse();
    }

    @Test
    void whatNamesNoBucketIsRefused() {
        for (String wrong : List.of("gs:///x", "gs://user@models/x", "gs://models:443/x", "gs://models/x?y", "gs:x")) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> Path.of(URI.create(wrong)))
                    .withMessageContaining("gs://bucket/folder");
        }
    }

    private static String plain(Path path) {
        return String.valueOf(path).replace("gs://models", "");
    }
}
