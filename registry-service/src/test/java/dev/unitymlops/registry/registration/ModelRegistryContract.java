package dev.unitymlops.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.RegisteredModel;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final int PROMOTED = 8;

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

        assertThat(registeredAtOnce(wanted))
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

        assertThat(registeredAtOnce(same))
                .extracting(RegisteredModel::getVersion)
                .containsOnly(1);
    }

    @Test
    void parentsAreNamedInFull() throws Exception {
        assertThat(registry().parents()).isEmpty();
        registry().register(versions.of(new ParentModel("Asset.2", "Reach Out"), "job-1", "one"));
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));

        assertThat(registry().parents()).containsExactly(new ParentModel("Asset.2", "Reach Out"), TestVersions.REACH);
    }

    @Test
    void aHistoryTellsEachVersionAndWhereTheAliasesAre() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        registry().register(versions.rejected("job-3", "three"));

        ModelHistory history = registry().history(TestVersions.REACH).orElseThrow();

        assertThat(history.parent()).isEqualTo(TestVersions.REACH);
        assertThat(history.versions()).extracting(ModelHistory.Line::version).containsExactly(1, 2, 3);
        assertThat(history.versions()).extracting(ModelHistory.Line::jobId).containsExactly("job-1", "job-2", "job-3");
        assertThat(history.versions())
                .extracting(ModelHistory.Line::displayName)
                .containsExactly("Reach-job-1", "Reach-job-2", "Reach-job-3");
        assertThat(history.versions()).extracting(ModelHistory.Line::rejected).containsExactly(false, false, true);
        assertThat(history.versions()).extracting(ModelHistory.Line::meanReward).containsOnly(0.9);
        assertThat(history.aliases()).containsEntry("latest", 2).containsEntry("rejected", 3);
    }

    @Test
    void aVersionIsToldWithAllThatIsKnownOfIt() throws Exception {
        ModelVersion registered = versions.rejected("job-1", "one");
        RegisteredModel event = registry().register(registered);

        RegisteredVersion version = registry().version(TestVersions.REACH, 1).orElseThrow();

        assertThat(version.parent()).isEqualTo(TestVersions.REACH);
        assertThat(version.version()).isEqualTo(1);
        assertThat(version.resourceName()).isEqualTo(event.getResourceName());
        assertThat(version.uri()).isEqualTo(event.getUri());
        assertThat(version.aliases()).contains("rejected");
        assertThat(version.approval()).isNull();
        assertThat(version.file().sha256()).isEqualTo(registered.sha256());
        assertThat(version.file().displayName()).isEqualTo(registered.displayName());
        assertThat(version.file().sourceUri()).isEqualTo(registered.source().getUri());
        assertThat(version.file().verdict()).isEqualTo(registered.verdict());
        assertThat(version.file().lineage()).isEqualTo(registered.lineage());
    }

    @Test
    void whatThereIsNotIsToldAsMissing() throws Exception {
        registry().register(versions.of("job-1", "one"));
        ParentModel unknown = new ParentModel("asset-1", "Flee");
        Approval approval = new Approval("a person", "2026-03-04T05:06:07Z");

        assertThat(registry().history(unknown)).isEmpty();
        assertThat(registry().version(unknown, 1)).isEmpty();
        assertThat(registry().version(TestVersions.REACH, 2)).isEmpty();
        assertThat(registry().version(TestVersions.REACH, 0)).isEmpty();
        assertThat(registry().move(unknown, List.of(new AliasMove("staging", null, 1))))
                .isFalse();
        assertThat(registry().move(TestVersions.REACH, List.of(new AliasMove("staging", null, 2))))
                .isFalse();
        assertThatThrownBy(() -> registry().approve(TestVersions.REACH, 2, approval))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("there is no version 2 of asset-1/Reach");
    }

    @Test
    void aliasesMoveAllOrNoneFromWhereTheyMustBe() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        registry().register(versions.of("job-3", "three"));

        assertThat(moved(new AliasMove("production", null, 1))).isTrue();
        assertThat(moved(new AliasMove("staging", null, 2), new AliasMove("production", 2, 3)))
                .isFalse();
        assertThat(aliases()).containsEntry("production", 1).doesNotContainKey("staging");
        assertThat(moved(new AliasMove("production", null, 2))).isFalse();
        assertThat(moved(new AliasMove("previous", null, 1), new AliasMove("production", 1, 2)))
                .isTrue();

        assertThat(aliases()).containsEntry("previous", 1).containsEntry("production", 2);
        assertThat(registry().version(TestVersions.REACH, 1).orElseThrow().aliases())
                .contains("previous")
                .doesNotContain("production");
        assertThat(registry().register(versions.of("job-2", "two")).getAliases())
                .contains("production");
    }

    @Test
    void aFirstApprovalStays() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        Approval first = new Approval("Ada Lovelace", "2026-03-04T05:06:07Z");

        registry().approve(TestVersions.REACH, 1, first);
        registry().approve(TestVersions.REACH, 1, new Approval("another", "2026-04-04T05:06:07Z"));

        assertThat(registry().version(TestVersions.REACH, 1).orElseThrow().approval())
                .isEqualTo(first);
        assertThat(registry().version(TestVersions.REACH, 2).orElseThrow().approval())
                .isNull();
        assertThat(registry().register(versions.of("job-1", "one")).getVersion())
                .isEqualTo(1);
    }

    @Test
    void aFileIsFetchedAsItWasRegistered() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        RegisteredVersion second = registry().version(TestVersions.REACH, 2).orElseThrow();

        registry().fetch(second, models.resolve("fetched.onnx"));

        assertThat(models.resolve("fetched.onnx")).hasContent("two");
    }

    @Test
    void aFileThatIsAnotherThanTheRegisteredOneIsNotFetched() throws Exception {
        registry().register(versions.of("job-1", "one"));
        registry().register(versions.of("job-2", "two"));
        RegisteredVersion first = registry().version(TestVersions.REACH, 1).orElseThrow();
        RegisteredVersion second = registry().version(TestVersions.REACH, 2).orElseThrow();
        RegisteredVersion mixed = new RegisteredVersion(
                first.parent(), 1, first.resourceName(), second.uri(), first.aliases(), null, first.file());

        assertThatThrownBy(() -> registry().fetch(mixed, models.resolve("fetched.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(first.file().sha256());
        assertThat(models.resolve("fetched.onnx")).doesNotExist();
    }

    @Test
    void aRollbackThatWasBrokenOffIsNotDoneTwice() throws Exception {
        registry().register(versions.of("job-1", "one"));
        assertThat(moved(new AliasMove("production", null, 1), new AliasMove("previous", null, 1)))
                .isTrue();
        Promote promote = new Promote(registry(), () -> Instant.parse("2026-03-04T05:06:07Z"));

        assertThat(promote.rollback(TestVersions.REACH, new Promote.Asked("a person", "", false)))
                .isInstanceOfSatisfying(
                        Promote.Outcome.Refused.class,
                        refused -> assertThat(refused.reasons().getFirst()).contains("nothing to go back to"));
    }

    @Test
    void concurrentPromotionsLeaveOneProduction() throws Exception {
        List<Callable<Promote.Outcome>> calls = new ArrayList<>();
        for (int i = 1; i <= PROMOTED; i++) {
            int number = registry()
                    .register(versions.of("job-" + i, "content of " + i))
                    .getVersion();
            Promote promote = new Promote(registry(), () -> Instant.parse("2026-03-04T05:06:07Z"));
            Promote.Asked asked = new Promote.Asked("a person", "the best", false);
            calls.add(() -> promote.to("production", TestVersions.REACH, number, asked));
        }

        List<Promote.Outcome> outcomes = atOnce(calls);

        int production = aliases().get("production");
        List<Integer> inProduction = new ArrayList<>();
        for (int i = 1; i <= PROMOTED; i++) {
            if (registry()
                    .version(TestVersions.REACH, i)
                    .orElseThrow()
                    .aliases()
                    .contains("production")) {
                inProduction.add(i);
            }
        }
        assertThat(inProduction).containsExactly(production);
        assertThat(outcomes.get(production - 1)).isInstanceOf(Promote.Outcome.Moved.class);
    }

    private boolean moved(AliasMove... moves) throws Exception {
        return registry().move(TestVersions.REACH, List.of(moves));
    }

    private Map<String, Integer> aliases() throws Exception {
        return registry().history(TestVersions.REACH).orElseThrow().aliases();
    }

    /** Each through a registry object of its own. */
    private List<RegisteredModel> registeredAtOnce(List<ModelVersion> wanted) throws Exception {
        List<Callable<RegisteredModel>> calls = new ArrayList<>();
        for (ModelVersion version : wanted) {
            ModelRegistry registry = registry();
            calls.add(() -> registry.register(version));
        }
        return atOnce(calls);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
        }
        return results;
    }
}
