package dev.unitymlops.system.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.runtime.RunningServices;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.system.Checkout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** docker/health, which the containers' health checks call, against the ops server of a service. */
class HealthScriptTest {
    private static final Settings ANY_PORT = Settings.of(Map.of("http.port", "0"));

    @Test
    void isContentWithAServiceThatIsUpOrDegraded() throws Exception {
        assertThat(exitCodeFor(Health.up())).isZero();
        assertThat(exitCodeFor(Health.degraded("slow"))).isZero();
    }

    @Test
    void complainsOfAServiceThatIsDownOrGone() throws Exception {
        assertThat(exitCodeFor(Health.down("its thread died"))).isEqualTo(1);
        assertThat(exitCodeOn(portOfAServiceThatEnded())).isEqualTo(1);
    }

    private static int exitCodeFor(Health health) throws Exception {
        try (RunningServices running = start(health)) {
            return exitCodeOn(port(running));
        }
    }

    private static int portOfAServiceThatEnded() throws Exception {
        try (RunningServices running = start(Health.up())) {
            return port(running);
        }
    }

    private static RunningServices start(Health health) throws Exception {
        return RunningServices.start(
                ANY_PORT, List.of(new Service<>("made-up", settings -> "", (config, metrics) -> List.of(of(health)))));
    }

    private static int port(RunningServices running) {
        return Objects.requireNonNull(running.opsAddress()).getPort();
    }

    private static int exitCodeOn(int port) throws IOException, InterruptedException {
        ProcessBuilder script =
                new ProcessBuilder("bash", Checkout.file("docker/health").toString());
        script.environment().put("MLOPS_HTTP_PORT", Integer.toString(port));
        Process process = script.redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Component of(Health health) {
        return new Component() {
            @Override
            public String name() {
                return "part";
            }

            @Override
            public void start(OnFatal onFatal) {}

            @Override
            public Health check() {
                return health;
            }

            @Override
            public void close() {}
        };
    }
}
