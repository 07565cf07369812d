package dev.unitymlops.registry.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.ModelHistory;
import dev.unitymlops.registry.registration.ModelRegistry;
import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.Promote;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations while the servers fail and workers die right after an upload was taken. */
class VertexFaultsTest {

    private static final int REGISTRATIONS = Integer.getInteger("vertex.registrations", 40);
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
        Faults faults = new Faults(seed, 0.1);
        Faults deaths = new Faults(seed + 1000, 1);
        TestVersions versions = new TestVersions(models);
        Map<ModelVersion, Future<RegisteredModel>> published = new HashMap<>();
        try (StandInCloud cloud = new StandInCloud(faults);
                ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            cloud.vertex().onUpload(request -> die(request, deaths));
            for (int i = 0; i < REGISTRATIONS; i++) {
                ModelVersion version = versions.of(PARENTS.get(i % PARENTS.size()), "job-" + i, "content of " + i);
                published.put(version, pool.submit(() -> untilRegistered(cloud.registry(), version)));
            }
            for (Future<RegisteredModel> each : published.values()) {
                each.get();
            }

            List<Model> kept = cloud.vertex().models().all();
            System.out.printf(
                    "seed %d: %d registrations, %d deaths, %d lost answers, %d uploads taken, %d versions%n",
                    seed,
                    REGISTRATIONS,
                    died.get(),
                    faults.lost(),
                    cloud.vertex().models().uploads(),
                    kept.size());
            assertThat(died).as("workers that died after an upload").hasPositiveValue();
            assertThat(faults.lost()).as("calls that acted and failed").isPositive();
            assertThat(resources(kept)).containsExactlyInAnyOrderElementsOf(resources(published));
            assertThat(cloud.bucket().objects()).hasSize(4 * REGISTRATIONS);
            assertThat(folders(cloud.bucket().objects().keySet()))
                    .as("no files are left without a version")
                    .isEqualTo(kept.stream().map(Model::getArtifactUri).collect(Collectors.toSet()));
            for (ParentModel parent : PARENTS) {
                assertThat(kept.stream()
                                .filter(model -> isOf(parent, model)
                                        && model.getVersionAliasesList().contains(Aliases.LATEST)))
                        .as("the alias latest under %s", parent.name())
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void twoWorkersAtOnceGiveOneVersionOfEachJob(long seed) throws Exception {
        TestVersions versions = new TestVersions(models);
        try (StandInCloud cloud = new StandInCloud(new Faults(seed, 0.05));
                ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            Map<Integer, List<Future<RegisteredModel>>> twice = new HashMap<>();
            for (int i = 0; i < 10; i++) {
                ModelVersion version = versions.of("job-" + i, "content of " + i);
                twice.put(
                        i,
                        IntStream.range(0, 2)
                                .mapToObj(each -> pool.submit(() -> untilRegistered(cloud.registry(), version)))
                                .toList());
            }

            for (List<Future<RegisteredModel>> both : twice.values()) {
                assertThat(both.get(0).get().getResourceName())
                        .isEqualTo(both.get(1).get().getResourceName());
            }
            assertThat(cloud.vertex().models().all()).hasSize(10);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void promotionsAtOnceLeaveOneProductionAndEveryVersionIsTold(long seed) throws Exception {
        TestVersions versions = new TestVersions(models);
        try (StandInCloud cloud = new StandInCloud(new Faults(seed, 0.1));
                ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                numbers.add(untilRegistered(cloud.registry(), versions.of("job-" + i, "content of " + i))
                        .getVersion());
            }
            List<Future<Promote.Outcome>> promotions = new ArrayList<>();
            for (int number : numbers) {
                promotions.add(pool.submit(() -> untilPromoted(cloud.registry(), number)));
            }
            for (Future<Promote.Outcome> each : promotions) {
                assertThat(each.get()).isNotInstanceOf(Promote.Outcome.Refused.class);
            }

            ModelHistory history = cloud.registry().history(TestVersions.REACH).orElseThrow();
            assertThat(history.versions())
                    .extracting(ModelHistory.Line::version)
                    .containsAll(numbers);
            assertThat(cloud.vertex().models().all().stream()
                            .filter(model -> model.getVersionAliasesList().contains(Aliases.PRODUCTION))
                            .map(Model::getVersionId))
                    .containsExactly(
                            String.valueOf(history.with(Aliases.PRODUCTION).orElseThrow()));
        }
    }

    private static Promote.Outcome untilPromoted(ModelRegistry registry, int number) throws Exception {
        Promote promote = new Promote(registry, () -> Instant.EPOCH);
        while (true) {
            try {
                return promote.to(
                        Aliases.PRODUCTION, TestVersions.REACH, number, new Promote.Asked("a person", "", false));
            } catch (StageFailure e) {
                assertThat(e.retry()).as(e.getMessage()).isEqualTo(Retry.BACK_OFF);
            }
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
            } catch (StageFailure e) {
                assertThat(e.retry()).as(e.getMessage()).isEqualTo(Retry.BACK_OFF);
            } catch (InterruptedException redelivered) {
                // It died; the next round is the redelivery.
            } finally {
                workers.remove(version.key());
            }
        }
    }

    private void die(UploadModelRequest request, Faults deaths) {
        Thread worker = workers.get(request.getModel().getLabelsMap().get(UploadedVersion.KEY));
        if (worker != null && deaths.happens(0.2)) {
            died.incrementAndGet();
            worker.interrupt();
        }
    }

    private static boolean isOf(ParentModel parent, Model model) {
        return model.getName().endsWith("/" + Legal.modelId(parent.name()));
    }

    private static Set<String> folders(Set<String> objects) {
        return objects.stream()
                .map(object -> "gs://" + StandInBucket.NAME + "/" + object.substring(0, object.lastIndexOf('/')))
                .collect(Collectors.toSet());
    }

    private static List<String> resources(List<Model> models) {
        return models.stream()
                .map(model -> model.getName() + "@" + model.getVersionId())
                .toList();
    }

    private static List<String> resources(Map<ModelVersion, Future<RegisteredModel>> published) {
        return published.values().stream()
                .map(each -> each.resultNow().getResourceName())
                .collect(Collectors.toList());
    }
}
