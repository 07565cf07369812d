package dev.unitymlops.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.RegisteredModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every model registry promises. */
public abstract class ModelRegistryContract {

    private static final int CONCURRENT = 50;

    @TempDir
    Path models;

    private TestVersions versions;

    /** A registry of its own; all that one test asks for share their contents. */
    protected abstract ModelRegistry registry() throws IOException;

    @BeforeEach
    void makeVersions() {
        versions = new TestVersions(models);
    }

    @Test
    void versionsAreNumberedUnderTheirParent() throws Exception {
        ModelRegistry registry = registry();

        RegisteredModel first = registry.register(versions.of("job-1", "one"));
        RegisteredModel second = registry.register(versions.of("job-2", "two"));

        assertThat(first.getVersion()).isEqualTo(1);
        assertThat(second.getVersion()).isEqualTo(2);
        assertThat(second.getName()).isEqualTo(first.getName());
        assertThat(second.getResourceName()).isNotEqualTo(first.getResourceName());
        assertThat(second.getBehavior()).isEqualTo("Reach");
        assertThat(second.getSha256()).isEqualTo(versions.of("any", "two").sha256());
        assertThat(second.getAliases()).contains("latest");
    }

    @Test
    void theSameJobWithTheSameFileIsTheSameVersion() throws Exception {
        RegisteredModel first = registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));

        RegisteredModel again = registry().register(versions.of("job-1", "one"));

        assertThat(again.getVersion()).isEqualTo(first.getVersion());
        assertThat(again.getUri()).isEqualTo(first.getUri());
        assertThat(again.getAliases()).doesNotContain("latest");
        assertThat(registry().register(versions.of("job-3", "three")).getVersion())
                .isEqualTo(3);
    }

    @Test
    void aRejectedVersionIsNotTheLatest() throws Exception {
        registry().register(versions.of("job-1", "one"));

        RegisteredModel rejected = registry().register(versions.rejected("job-2", "two"));
        RegisteredModel again = registry().register(versions.of("job-1", "one"));

        assertThat(rejected.getVersion()).isEqualTo(2);
        assertThat(rejected.getAliases()).contains("rejected").doesNotContain("latest");
        assertThat(again.getAliases()).contains("latest");
    }

    @Test
    void aLaterRunThatTrainedAnotherModelIsAnotherVersion() throws Exception {
        registry().register(versions.of("job-1", "one"));

        assertThat(registry().register(versions.of("job-1", "trained again")).getVersion())
                .isEqualTo(2);
    }

    @Test
    void anotherJobWithTheSameFileIsAnotherVersion() throws Exception {
        registry().register(versions.of("job-1", "one"));

        assertThat(registry().register(versions.of("job-2", "one")).getVersion())
                .isEqualTo(2);
    }

    @Test
    void eachBehaviourOfEachAssetHasItsOwnVersions() throws Exception {
        List<ParentModel> parents = List.of(
                TestVersions.REACH,
                new ParentModel("asset-1", "Flee"),
                new ParentModel("asset-2", "Reach"),
                new ParentModel("asset-1.Reach", "a"),
                new ParentModel("asset-1", "Reach.a"));

        for (ParentModel parent : parents) {
            assertThat(registry().register(versions.of(parent, "job-1", "one")).getVersion())
                    .as(parent.name())
                    .isEqualTo(1);
        }
    }

    @Test
    void concurrentRegistrationsGiveEachItsVersion() throws Exception {
        List<ModelVersion> wanted = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            wanted.add(versions.of("job-" + i, "content of " + i));
        }

        assertThat(atOnce(wanted))
                .extracting(RegisteredModel::getVersion)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, CONCURRENT).boxed().toList());
    }

    @Test
    void concurrentRegistrationsOfOneModelGiveOneVersion() throws Exception {
        List<ModelVersion> same = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            same.add(versions.of("job-1", "one"));
        }

        assertThat(atOnce(same)).extracting(RegisteredModel::getVersion).containsOnly(1);
    }

    /** Each through a registry object of its own. */
    private List<RegisteredModel> atOnce(List<ModelVersion> wanted) throws Exception {
        List<Callable<RegisteredModel>> calls = new ArrayList<>();
        for (ModelVersion version : wanted) {
            ModelRegistry registry = registry();
            calls.add(() -> registry.register(version));
        }
        List<RegisteredModel> registered = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RegisteredModel> each : threads.invokeAll(calls)) {
                registered.add(each.get());
            }
        }
        return registered;
    }
}
