package dev.unitymlops.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.registry.file.FileRegistry;
import dev.unitymlops.registry.registration.Promote.Asked;
import dev.unitymlops.registry.registration.Promote.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromoteTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final ParentModel REACH = TestVersions.REACH;
    private static final Asked ANNA = new Asked("anna", "", false);

    @TempDir
    Path home;

    private TestVersions versions;
    private ModelRegistry registry;
    private Promote promote;

    @BeforeEach
    void makeRegistry() throws Exception {
        InstantSource clock = InstantSource.fixed(NOW);
        versions = new TestVersions(Files.createDirectory(home.resolve("models")));
        registry = new FileRegistry(home.resolve("registry"), clock);
        promote = new Promote(registry, clock);
    }

    @Test
    void whatWasInProductionBecomesThePreviousVersion() throws Exception {
        register(3);

        ModelPromoted first = moved(promote.to("production", REACH, 1, ANNA));
        ModelPromoted second = moved(promote.to("production", REACH, 3, ANNA));

        assertThat(first.getFromVersion()).isNull();
        assertThat(second.getFromVersion()).isEqualTo(1);
        assertThat(second.getVersion()).isEqualTo(3);
        assertThat(second.getAction()).isEqualTo("promote");
        assertThat(second.getResourceName()).isEqualTo("asset-1/Reach@3");
        assertThat(second.getPromotedBy()).isEqualTo("anna");
        assertThat(second.getPromotedAt()).isEqualTo(NOW);
        assertThat(aliases()).containsEntry("production", 3).containsEntry("previous", 1);
    }

    @Test
    void stagingLeavesProductionAlone() throws Exception {
        register(2);
        moved(promote.to("production", REACH, 1, ANNA));

        moved(promote.to("staging", REACH, 2, ANNA));

        assertThat(aliases())
                .containsEntry("production", 1)
                .containsEntry("staging", 2)
                .doesNotContainKey("previous");
    }

    @Test
    void aRollbackChangesTheTwoAndSoUndoesItself() throws Exception {
        register(2);
        moved(promote.to("production", REACH, 1, ANNA));
        moved(promote.to("production", REACH, 2, ANNA));

        ModelPromoted back = moved(promote.rollback(REACH, ANNA));

        assertThat(back.getAction()).isEqualTo("rollback");
        assertThat(back.getVersion()).isEqualTo(1);
        assertThat(back.getFromVersion()).isEqualTo(2);
        assertThat(aliases()).containsEntry("production", 1).containsEntry("previous", 2);
        moved(promote.rollback(REACH, ANNA));
        assertThat(aliases()).containsEntry("production", 2).containsEntry("previous", 1);
    }

    @Test
    void thereIsNoRollbackWithoutAPreviousVersion() throws Exception {
        register(1);
        assertThat(refused(promote.rollback(REACH, ANNA)))
                .containsExactly(
                        "asset-1/Reach has no version with the alias production: there is nothing to go back to");
        moved(promote.to("production", REACH, 1, ANNA));
        assertThat(refused(promote.rollback(REACH, ANNA)))
                .containsExactly(
                        "asset-1/Reach has no version with the alias previous: there is nothing to go back to");
    }

    @Test
    void aRejectedVersionIsPromotedByForceWithAReasonOnly() throws Exception {
        registry.register(versions.rejected("job-1", "one"));
        String missed = "min_mean_reward demands 1.5, the training reached 0.9";

        assertThat(refused(promote.to("staging", REACH, 1, ANNA))).containsExactly(missed);
        assertThat(refused(promote.to("staging", REACH, 1, new Asked("anna", " ", true))))
                .containsExactly("who forces a promotion says why: give a reason");
        ModelPromoted forced = moved(promote.to("staging", REACH, 1, new Asked("anna", "for the demo", true)));

        assertThat(forced.getForced()).isTrue();
        assertThat(forced.getReason()).isEqualTo("for the demo");
        assertThat(forced.getGates()).containsExactly(missed);
    }

    @Test
    void theRegressionIsJudgedAgainstWhatIsInProductionNow() throws Exception {
        register(1);
        Verdict verdict = new Verdict("loaded only", new Gates(null, null, 0.1, List.of()), List.of(), false);
        registry.register(versions.of(REACH, "job-2", "two", verdict, 0.5));

        moved(promote.to("staging", REACH, 2, ANNA));
        moved(promote.to("production", REACH, 1, ANNA));

        assertThat(refused(promote.to("production", REACH, 2, ANNA)))
                .containsExactly(
                        "max_regression allows 0.1 below the 0.9 of version 1 in production, the training reached 0.5");
        assertThat(aliases()).containsEntry("production", 1);
    }

    @Test
    void whoMustBeApprovedWaitsForAPerson() throws Exception {
        Verdict verdict = new Verdict("loaded only", Gates.NONE, List.of(), true);
        registry.register(versions.of(REACH, "job-1", "one", verdict, 0.9));

        assertThat(refused(promote.to("production", REACH, 1, ANNA)))
                .containsExactly(
                        "nobody has approved it yet, as its job demands: mlops models approve asset-1/Reach@1");
        registry.approve(REACH, 1, new Approval("bert", "2026-03-04T05:00:00Z"));
        assertThat(moved(promote.to("production", REACH, 1, ANNA)).getForced()).isFalse();
    }

    @Test
    void whatIsThereAlreadyOrNotAtAllMovesNothing() throws Exception {
        register(1);
        moved(promote.to("production", REACH, 1, ANNA));

        assertThat(promote.to("production", REACH, 1, ANNA)).isInstanceOf(Outcome.AlreadyThere.class);
        assertThat(refused(promote.to("production", REACH, 9, ANNA)))
                .containsExactly("there is no version 9 of asset-1/Reach");
        assertThat(refused(promote.to("production", new ParentModel("a", "B"), 1, ANNA)))
                .containsExactly("the file registry has no model a/B");
        assertThat(refused(promote.to("latest", REACH, 1, ANNA)))
                .singleElement()
                .asString()
                .contains("'latest'");
    }

    @Test
    void promotionsAtOnceComeOneAfterTheOther() throws Exception {
        register(8);
        List<Callable<Outcome>> calls = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int number = i;
            calls.add(() -> promote.to("production", REACH, number, ANNA));
        }

        List<ModelPromoted> events = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> each : threads.invokeAll(calls)) {
                events.add(moved(each.get()));
            }
        }

        // each comes from another: they are one chain, whose end is in production
        assertThat(events).extracting(ModelPromoted::getFromVersion).doesNotHaveDuplicates();
        assertThat(events).extracting(ModelPromoted::getVersion).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(ModelPromoted::getFromVersion)
                .doesNotContain(aliases().get("production"));
    }

    private void register(int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            registry.register(versions.of("job-" + i, "content " + i));
        }
    }

    private Map<String, Integer> aliases() throws Exception {
        return registry.history(REACH).orElseThrow().aliases();
    }

    private static ModelPromoted moved(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Moved.class);
        return ((Outcome.Moved) outcome).event();
    }

    private static List<String> refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reasons();
    }
}
