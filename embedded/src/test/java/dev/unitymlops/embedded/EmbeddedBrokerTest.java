package dev.unitymlops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir
    Path directory;

    @Test
    void comesBackOnAnotherPortWithItsRecords() throws Exception {
        String firstAddress;
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerOptions.in(directory).withFsync(true))) {
            firstAddress = broker.bootstrapServers();
            Records records = new Records(firstAddress, "words");
            records.createTopic();
            records.write("one", "two");
        }
        int formerPort = Integer.parseInt(firstAddress.substring(firstAddress.indexOf(':') + 1));
        try (ServerSocket squatter = new ServerSocket()) {
            squatter.bind(new InetSocketAddress(LoopbackListeners.loopback(), formerPort));
            try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
                assertThat(broker.bootstrapServers()).isNotEqualTo(firstAddress);
                Records records = new Records(broker.bootstrapServers(), "words");
                records.write("three");
                assertThat(records.read(3)).containsExactly("one", "two", "three");
            }
        }
    }

    @Test
    void losesNothingAcknowledgedWhenKilled() throws Exception {
        try (BrokerProcess victim = BrokerProcess.start(directory)) {
            Records records = new Records(victim.bootstrapServers(), "words");
            records.createTopic();
            records.write("one", "two");
            victim.kill();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            assertThat(new Records(broker.bootstrapServers(), "words").read(2)).containsExactly("one", "two");
        }
    }

    @Test
    void namesTheHolderOfItsDirectory() throws Exception {
        try (BrokerProcess holder = BrokerProcess.start(directory)) {
            assertThat(holder.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(directory)))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining(directory + " is in use by a broker of process ");
        }
    }

    @Test
    void namesAPortInUse() throws Exception {
        try (ServerSocket squatter = new ServerSocket()) {
            squatter.bind(new InetSocketAddress(LoopbackListeners.loopback(), 0));
            int port = squatter.getLocalPort();
            assertThatThrownBy(() ->
                            EmbeddedBroker.start(BrokerOptions.in(directory).onPort(port)))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
            EmbeddedBroker.start(BrokerOptions.in(directory)).close();
        }
    }

    @Test
    void tellsOfALostDirectoryAndLeavesTheProcessAlive() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            Records records = new Records(broker.bootstrapServers(), "words");
            records.createTopic();
            // the broker may write another file while its folder goes
            await().ignoreException(DirectoryNotEmptyException.class).until(() -> {
                Directories.delete(directory);
                return true;
            });
            Throwable reason = broker.failure().toCompletableFuture().get(180, TimeUnit.SECONDS);
            assertThat(reason).hasMessageContaining("Kafka wanted to end this process");
        }
    }
}
