package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.registration.Tries;
import dev.unitymlops.runtime.Backoff;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Clients for tests, which wait for a millisecond between tries. */
public final class TestServers {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));
    static final Tries SHORT = new Tries(6, new Backoff(Duration.ofMillis(1), Duration.ofMillis(8), 1));

    private TestServers() {}

    /** A service that was told no address. */
    public static MlflowServer none() {
        return new MlflowServer(config(null, "unity-mlops", Credentials.NONE), CLOCK, Attestations.unsigned());
    }

    public static MlflowServer at(URI address) {
        return at(address, "unity-mlops");
    }

    static MlflowServer at(URI address, String experiment) {
        return new MlflowServer(config(address, experiment, Credentials.NONE), CLOCK, Attestations.unsigned());
    }

    static MlflowServer at(URI address, Credentials credentials) {
        return new MlflowServer(config(address, "unity-mlops", credentials), CLOCK, Attestations.unsigned());
    }

    /** @param patience for one call */
    static MlflowServer at(URI address, Duration patience) {
        return new MlflowServer(
                new MlflowConfig(address, Credentials.NONE, "unity-mlops", patience, patience, SHORT),
                CLOCK,
                Attestations.unsigned());
    }

    static MlflowConfig config(@Nullable URI address, String experiment, Credentials credentials) {
        return new MlflowConfig(
                address, credentials, experiment, Duration.ofSeconds(60), Duration.ofSeconds(60), SHORT);
    }
}
