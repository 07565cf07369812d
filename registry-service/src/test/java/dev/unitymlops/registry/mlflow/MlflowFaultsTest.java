package dev.unitymlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.TestVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations while the server fails and workers die right after a version was made. */
class MlflowFaultsTest {

    private static final int REGISTRATIONS = Integer.getInteger("mlflow.registrations", 40);
    private static final int WORKERS = 6;
    private static final List<ParentModel> PARENTS =
            List.of(TestVersions.REACH, new ParentModel("asset-1", "Flee"), new ParentModel("asset-2", "Reach"));

    @TempDir
    Path models;

    private final AtomicInteger died = new AtomicInteger();
    private final Map<String, Thread> workers = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachRegistrationGivesOneVersionAndNoTwin(long seed) throws Exception {
        HttpFaults faults = new HttpFaults(seed, 0.1);
        HttpFaults deaths = new HttpFaults(seed + 1000, 0);
        TestVersions versions = new TestVersions(models);
        try (StandInMlflow mlflow = new StandInMlflow(faults);
                ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            MlflowServer server = TestServers.at(mlflow.address());
            mlflow.onVersion(request -> die(request, deaths));
            List<Future<RegisteredModel>> published = new ArrayList<>();
            for (int i = 0; i < REGISTRATIONS; i++) {
                ModelVersion version = versions.of(PARENTS.get(i % PARENTS.size()), "job-" + i, "content of " + i);
                published.add(pool.submit(() -> untilRegistered(server.registry(), version)));
            }
            List<String> told = resources(published);

            System.out.printf(
                    "seed %d: %d registrations, %d deaths, %d calls acted and failed, %d versions made, %d stayed%n",
                    seed,
                    REGISTRATIONS,
                    died.get(),
                    faults.acted(),
                    mlflow.store().made(),
                    mlflow.store().resources().size());
            assertThat(died).as("workers that died after a version was made").hasPositiveValue();
            assertThat(faults.acted()).as("calls that acted and failed").isPositive();
            assertThat(mlflow.store().resources()).containsExactlyInAnyOrderElementsOf(told);
            assertThat(mlflow.store().runs()).isEqualTo(REGISTRATIONS);
            assertThat(mlflow.store().having("latest-accepted"))
                    .as("the highest version of each parent")
                    .isEqualTo(highest(told));
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void twoWorkersAtOnceGiveOneVersionOfEachJob(long seed) throws Exception {
        TestVersions versions = new TestVersions(models);
        try (StandInMlflow mlflow = new StandInMlflow(new HttpFaults(seed, 0.05));
                ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            MlflowServer server = TestServers.at(mlflow.address());
            List<Future<RegisteredModel>> both = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ModelVersion version = versions.of("job-" + i / 2, "content of " + i / 2);
                both.add(pool.submit(() -> untilRegistered(server.registry(), version)));
            }
            List<String> told = resources(both);

            IntStream.range(0, 10).forEach(job -> assertThat(told.get(2 * job)).isEqualTo(told.get(2 * job + 1)));
            assertThat(mlflow.store().resources())
                    .hasSize(10)
                    .containsOnlyOnceElementsOf(List.copyOf(told.subList(0, 1)));
            server.close();
        }
    }

    /** As the stage does it: a new attempt after a transient failure, a redelivery after a death. */
    private RegisteredModel untilRegistered(ModelRegistry registry, ModelVersion version) throws Exception {
        while (true) {
            // A death that came when there was nothing left to die is no death of the next round.
            Thread.interrupted();
            workers.put(version.key(), Thread.currentThread());
            try {
                return registry.register(version);
            } catch (IOException transientFailure) {
                // The stage's next attempt; a failure that is none to repeat is a StageFailure and ends the test.
            } catch (InterruptedException redelivered) {
                // It died; the next round is the redelivery.
            } finally {
                workers.remove(version.key());
            }
        }
    }

    private void die(JsonNode request, HttpFaults deaths) {
        Thread worker = workers.get(MlflowTags.value(request, MlflowTags.KEY).orElseThrow());
        if (worker != null && deaths.happens(0.2)) {
            died.incrementAndGet();
            worker.interrupt();
        }
    }

    private static List<String> resources(List<Future<RegisteredModel>> published) throws Exception {
        List<String> resources = new ArrayList<>();
        for (Future<RegisteredModel> each : published) {
            resources.add(each.get().getResourceName());
        }
        return resources;
    }

    private static Map<String, Integer> highest(List<String> resources) {
        Map<String, Integer> highest = new HashMap<>();
        for (String resource : resources) {
            String[] parts = resource.substring("models:/".length()).split("/", -1);
            highest.merge(parts[0], Integer.valueOf(parts[1]), Math::max);
        }
        return highest;
    }
}
