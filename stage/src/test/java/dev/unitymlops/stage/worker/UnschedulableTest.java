package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnschedulableTest {

    @Test
    void withoutAnyWorkerNothingCanBeTaken() {
        assertThat(Unschedulable.of(List.of(), Set.of())).hasValue(missing());
        assertThat(Unschedulable.of(List.of("gpu"), Set.of())).hasValue(missing());
    }

    @Test
    void oneWorkerThatOffersAllIsEnough() {
        assertThat(Unschedulable.of(List.of(), List.of(offer()))).isEmpty();
        assertThat(Unschedulable.of(List.of("gpu"), List.of(offer(), offer("gpu", "linux"))))
                .isEmpty();
    }

    @Test
    void whatNobodyOffersIsMissing() {
        assertThat(Unschedulable.of(List.of("tpu", "gpu", "tpu"), List.of(offer())))
                .hasValue(missing("gpu", "tpu"));
    }

    @Test
    void whatTheNearestWorkerLacksIsMissing() {
        assertThat(Unschedulable.of(List.of("big", "gpu", "linux"), List.of(offer("big"), offer("gpu", "linux"))))
                .as("each is offered, but not by one worker")
                .hasValue(missing("big"));
    }

    @Test
    void whereWorkersThatWouldFitAreOnlyPausedTheirReasonsAreNamed() {
        assertThat(Unschedulable.of(
                        List.of("gpu"),
                        List.of(
                                offer(),
                                paused("no space left", "gpu"),
                                paused("cordoned by anna", "gpu", "linux"),
                                paused("of no concern", "linux"))))
                .hasValue(new Unschedulable(List.of(), List.of("cordoned by anna", "no space left")));
        assertThat(Unschedulable.of(List.of("gpu"), List.of(paused("cordoned by anna", "gpu"), offer("gpu"))))
                .isEmpty();
    }

    @Test
    void aPausedWorkerThatWouldNotFitEitherMissesItsLabel() {
        assertThat(Unschedulable.of(List.of("gpu"), List.of(paused("cordoned by anna", "linux"))))
                .hasValue(missing("gpu"));
    }

    private static Unschedulable missing(String... labels) {
        return new Unschedulable(List.of(labels), List.of());
    }

    private static WorkOffer offer(String... labels) {
        return new WorkOffer(Set.of(labels), null);
    }

    private static WorkOffer paused(String why, String... labels) {
        return new WorkOffer(Set.of(labels), why);
    }
}
