package dev.unitymlops.cloudstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.unitymlops.testkit.CloudStorageEmulator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own client against a foreign emulator, called through {@link Files} alone. */
class BucketFilesTest {

    private static CloudStorageEmulator emulator;

    @TempDir
    private Path local;

    private FileSystem bucket;
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path logs) throws Exception {
        emulator = CloudStorageEmulator.start(logs);
    }

    @AfterAll
    static void stop() throws Exception {
        if (emulator != null) {
            emulator.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        URI uri = URI.create("gs://" + emulator.newBucket());
        bucket = FileSystems.newFileSystem(uri, Map.of(CloudStorageProvider.ENDPOINT, emulator.endpoint()));
        folder = Path.of(uri).resolve("artifacts");
    }

    @AfterEach
    void close() throws Exception {
        bucket.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 << 10, (256 << 10) + 1, Bucket.CHUNK - 1, Bucket.CHUNK, Bucket.CHUNK + 1, 5_000_001})
    void contentsOfAnySizeComeBackAsTheyWere(int size) throws Exception {
        byte[] content = bytes(size);
        Path written = folder.resolve("written");
        Files.write(written, content);
        assertThat(Files.readAllBytes(written)).isEqualTo(content);
        assertThat(Files.size(written)).isEqualTo(size);

        Path uploaded = folder.resolve("uploaded");
        upload(Files.write(local.resolve("file"), content), uploaded, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.copy(uploaded, local.resolve("back"))).hasBinaryContent(content);

        Files.copy(uploaded, folder.resolve("copied"));
        assertThat(Files.readAllBytes(folder.resolve("copied"))).isEqualTo(content);
    }

    @Test
    void ofManyThatCreateAtOnceOneWins() throws Exception {
        Path file = folder.resolve("result.json");
        int writers = 8;
        CyclicBarrier together = new CyclicBarrier(writers);
        List<Callable<String>> tasks = IntStream.range(0, writers)
                .<Callable<String>>mapToObj(i -> () -> {
                    together.await();
                    try {
                        Files.writeString(file, "writer " + i, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                        return "writer " + i;
                    } catch (FileAlreadyExistsException e) {
                        return "";
                    }
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<String> won = threads.invokeAll(tasks).stream()
                    .map(Future::resultNow)
                    .filter(name -> !name.isEmpty())
                    .toList();
            assertThat(won).singleElement().isEqualTo(Files.readString(file));
        }
    }

    /** What a writer leaves that is killed: its channel is never closed. */
    @Test
    void whatIsNotWrittenToItsEndIsNotThere() throws Exception {
        Path file = folder.resolve("player.tar.gz");
        OutputStream killed = Files.newOutputStream(file);
        killed.write(bytes(2 * Bucket.CHUNK + 5));
        assertThat(Files.exists(file)).isFalse();
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there).isEmpty();
        }

        byte[] whole = bytes(100);
        Files.write(file, whole);
        assertThat(Files.readAllBytes(file)).as("the next attempt's").isEqualTo(whole);
    }

    @Test
    void aLargeFileThatSomebodyElseHasCreatedMeanwhileIsNotOverwritten() throws Exception {
        Path file = folder.resolve("large");
        OutputStream slow = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        slow.write(bytes(Bucket.CHUNK + 1));
        Files.writeString(file, "faster");
        assertThatExceptionOfType(IOException.class).isThrownBy(slow::close);
        assertThat(file).hasContent("faster");
    }

    @Test
    void theSameFileIsUploadedOnceAndAnotherOneReplacesItOnlyWhenAsked() throws Exception {
        Path file = Files.write(local.resolve("file"), bytes(300_000));
        Path place = folder.resolve("file");
        upload(file, place);
        ObjectFacts first = CloudStorageProvider.facts((ObjectPath) place);
        upload(file, place);
        upload(file, place, StandardCopyOption.REPLACE_EXISTING);
        assertThat(CloudStorageProvider.facts((ObjectPath) place)).isEqualTo(first);

        Path other = Files.writeString(local.resolve("other"), "other");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> upload(other, place))
                .withMessageContaining("expected crc32c");
        upload(other, place, StandardCopyOption.REPLACE_EXISTING);
        assertThat(place).hasContent("other");
    }

    @Test
    void foldersAreWhatIsBelowThem() throws Exception {
        Files.createDirectories(folder.resolve("run-1/build"));
        assertThat(Files.exists(folder.resolve("run-1"))).isFalse();
        for (String name : List.of("run-1/build/a", "run-1/build/b", "run-1/train/c", "run-10/d", "run-1.json")) {
            Files.writeString(folder.resolve(name), name);
        }
        assertThat(folder.resolve("run-1")).isDirectory();
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactlyInAnyOrder("run-1", "run-10", "run-1.json");
        }
        try (Stream<Path> tree = Files.walk(folder.resolve("run-1"))) {
            assertThat(tree.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("a", "b", "c");
        }
        Files.delete(folder.resolve("run-1/build/a"));
        assertThat(folder.resolve("run-1/build/a")).doesNotExist();
        assertThat(Files.deleteIfExists(folder.resolve("run-1/build/a"))).isFalse();
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Files.delete(folder.resolve("run-1/build/a")));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Files.readString(folder.resolve("run-1/build/a")));
    }

    @Test
    void aReaderGoesWhereItLikes() throws Exception {
        byte[] content = bytes(Bucket.CHUNK + 100);
        Path file = Files.write(folder.resolve("log"), content);
        try (SeekableByteChannel channel = Files.newByteChannel(file).position(Bucket.CHUNK - 10)) {
            ByteBuffer read = ByteBuffer.allocate(110);
            while (read.hasRemaining() && channel.read(read) >= 0) {}
            assertThat(read.array()).isEqualTo(Arrays.copyOfRange(content, Bucket.CHUNK - 10, content.length));
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void whatABucketCannotDoIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "a");
        assertThatExceptionOfType(AtomicMoveNotSupportedException.class)
                .isThrownBy(() -> Files.move(file, folder.resolve("b"), StandardCopyOption.ATOMIC_MOVE));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Files.writeString(file, "b", StandardOpenOption.APPEND));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Files.createLink(folder.resolve("b"), file));
        assertThat(file).hasContent("a");
        assertThat(Files.move(file, folder.resolve("b"))).hasContent("a");
        assertThat(file).doesNotExist();
    }

    /** Else a mistyped bucket would look like an empty store. */
    @Test
    void aBucketThatIsNotThereIsNoEmptyOne() throws Exception {
        URI uri = URI.create("gs://nobody-has-made-it");
        Map<String, String> environment = Map.of(CloudStorageProvider.ENDPOINT, emulator.endpoint());
        try (FileSystem away = FileSystems.newFileSystem(uri, environment)) {
            Path file = away.getPath("/a");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Files.writeString(file, "a"))
                    .withMessageContaining("no bucket nobody-has-made-it");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> Files.list(file));
        }
    }

    private static void upload(Path file, Path place, StandardCopyOption... options) throws IOException {
        place.getFileSystem().provider().copy(file, place, options);
    }

    private static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
