package dev.unitymlops.registry.vertex;

import dev.unitymlops.registry.provenance.Attestations;
import dev.unitymlops.registry.provenance.TestKeys;
import dev.unitymlops.registry.registration.Holder;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.Tries;
import dev.unitymlops.runtime.Backoff;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stand-ins for both services, and the genuine clients that call them. */
public final class StandInCloud implements AutoCloseable {

    static final String PROJECT = "a-project";
    static final String REGION = "us-central1";
    static final Serving NO_SERVING = new Serving(Serving.Layout.FILE, null, "", "", 0);

    private static final Tries SHORT = new Tries(8, new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), 0.25));

    private final StandInVertex vertex;
    private final StandInBucket bucket;
    private final List<VertexCloud> clouds = new ArrayList<>();

    StandInCloud(Faults faults) throws IOException {
        vertex = new StandInVertex(faults);
        bucket = new StandInBucket(faults);
    }

    /** One on which nothing goes wrong. */
    public static StandInCloud withoutFaults() throws IOException {
        return new StandInCloud(Faults.none());
    }

    /** The genuine clients, set to these stand-ins. */
    public VertexCloud cloud() {
        return cloud(NO_SERVING, Duration.ofSeconds(10));
    }

    StandInVertex vertex() {
        return vertex;
    }

    StandInBucket bucket() {
        return bucket;
    }

    private static final Attestations SIGNED = TestKeys.ecdsaAttestations();

    /** A registry with clients of its own, as in a process of its own. */
    ModelRegistry registry() throws StageFailure {
        return registry(NO_SERVING, Duration.ofSeconds(10));
    }

    ModelRegistry registry(Holder holder) throws StageFailure {
        return cloud().registry(PROJECT, REGION, holder);
    }

    ModelRegistry registry(Serving serving, Duration operationTimeout) throws StageFailure {
        return cloud(serving, operationTimeout).registry(PROJECT, REGION);
    }

    synchronized VertexCloud cloud(Serving serving, Duration operationTimeout) {
        VertexCloud cloud = new VertexCloud(
                new VertexConfig(
                        BucketFolder.parse("gs://" + StandInBucket.NAME + "/artifacts"),
                        vertex.endpoint(),
                        bucket.endpoint(),
                        serving,
                        Duration.ofSeconds(10),
                        operationTimeout,
                        SHORT),
                SIGNED);
        clouds.add(cloud);
        return cloud;
    }

    @Override
    public synchronized void close() {
        clouds.forEach(VertexCloud::close);
        vertex.close();
        bucket.close();
    }
}
