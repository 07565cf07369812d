package dev.unitymlops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlatformTest {
    @TempDir
    Path directory;

    @Test
    void brokerAndRegistryComeBackTogether() throws Exception {
        int id;
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(BrokerOptions.in(directory), 0)) {
            id = new RegistryCalls(platform.schemaRegistryUrl()).idOf("a", "\"int\"");
        }
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(BrokerOptions.in(directory), 0)) {
            RegistryCalls calls = new RegistryCalls(platform.schemaRegistryUrl());
            assertThat(calls.get("/schemas/ids/" + id).body().path("schema").asText())
                    .isEqualTo("\"int\"");
        }
    }

    @Test
    void noBrokerIsLeftWhenTheRegistryCannotStart() throws Exception {
        try (ServerSocket squatter = new ServerSocket(0, 1, LoopbackListeners.loopback())) {
            assertThatThrownBy(() -> EmbeddedPlatform.start(BrokerOptions.in(directory), squatter.getLocalPort()))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("127.0.0.1:" + squatter.getLocalPort());
        }
        // the directory is free again
        EmbeddedPlatform.start(BrokerOptions.in(directory), 0).close();
    }
}
