package dev.unitymlops.stage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnschedulableTest {

    @Test
    void withoutAnyWorkerNothingCanBeTaken() {
        assertThat(Unschedulable.of(List.of(), Set.of())).hasValue(new Unschedulable(List.of()));
        assertThat(Unschedulable.of(List.of("gpu"), Set.of())).hasValue(new Unschedulable(List.of()));
    }

    @Test
    void oneWorkerThatOffersAllIsEnough() {
        assertThat(Unschedulable.of(List.of(), List.of(Set.of()))).isEmpty();
        assertThat(Unschedulable.of(List.of("gpu"), List.of(Set.of(), Set.of("gpu", "linux"))))
                .isEmpty();
    }

    @Test
    void whatNobodyOffersIsMissing() {
        assertThat(Unschedulable.of(List.of("tpu", "gpu", "tpu"), List.of(Set.of())))
                .hasValue(new Unschedulable(List.of("gpu", "tpu")));
    }

    @Test
    void whatTheNearestWorkerLacksIsMissing() {
        assertThat(Unschedulable.of(List.of("big", "gpu", "linux"), List.of(Set.of("big"), Set.of("gpu", "linux"))))
                .as("each is offered, but not by one worker")
                .hasValue(new Unschedulable(List.of("big")));
    }
}
