package dev.unitymlops.testkit;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The embedded broker on a directory that goes with it. */
final class BrokerInThisJvm implements TestBroker {
    private final Path directory;
    private final EmbeddedBroker broker;

    BrokerInThisJvm() {
        try {
            directory = Files.createTempDirectory("test-broker-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = EmbeddedBroker.start(BrokerOptions.in(directory));
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
