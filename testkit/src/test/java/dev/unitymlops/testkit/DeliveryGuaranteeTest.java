package dev.unitymlops.testkit;

import static dev.unitymlops.testkit.Events.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeliveryGuaranteeTest {
    private static final List<ConsumerRecord<String, SpecificRecord>> TWO_GOOD_RUNS = List.of(
            record("t-job-requested", 0, 0, "a", 1, 0),
            record("t-build-completed", 0, 0, "a", 1, 1),
            record("t-job-failed", 0, 0, "a", 1, 2),
            record("t-job-requested", 0, 1, "a", 2, 3),
            record("t-training-completed", 0, 0, "a", 2, 4),
            record("t-model-registered", 0, 0, "a", 2, 5));

    @Test
    void goodRunsKeepEveryGuarantee() {
        new EachEventOnce().assertKept(TWO_GOOD_RUNS);
        OneEndPerRun.of("t-").assertKept(TWO_GOOD_RUNS);
        InOrderPerKey.of("t-").assertKept(TWO_GOOD_RUNS);
    }

    @Test
    void aSecondEventOfARunIsToldWithItsPlace() {
        var records = List.of(
                record("t-build-completed", 3, 10, "a", 1, 0),
                record("t-build-completed", 3, 12, "a", 2, 1),
                record("t-build-completed", 3, 14, "a", 1, 2));
        assertThat(new EachEventOnce().breaches(records))
                .containsExactly("job a run 1 is 2 times on t-build-completed, at 3@10, 3@14");
    }

    @Test
    void aRunWithoutAnEndOrWithTwoIsTold() {
        var records = List.of(
                record("t-job-requested", 0, 0, "a", 1, 0),
                record("t-job-failed", 0, 0, "b", 1, 1),
                record("t-model-registered", 0, 0, "b", 1, 2));
        assertThat(OneEndPerRun.of("t-").breaches(records))
                .containsExactly(
                        "job a run 1 has 0 ends []", "job b run 1 has 2 ends [t-job-failed, t-model-registered]");
    }

    @Test
    void anEventBeforeItsCauseIsTold() {
        var records = List.of(record("t-job-requested", 0, 0, "a", 1, 5), record("t-build-completed", 0, 0, "a", 1, 4));
        assertThatThrownBy(() -> InOrderPerKey.of("t-").assertKept(records))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("t-build-completed at 2026-01-01T00:00:04Z is before t-job-requested");
    }

    @Test
    void aKeyInTwoPartitionsIsTold() {
        var records = List.of(record("t-job-requested", 0, 0, "a", 1, 0), record("t-job-requested", 1, 0, "a", 2, 1));
        assertThat(InOrderPerKey.of("t-").breaches(records))
                .containsExactly("t-job-requested key a is in partitions [0, 1]");
    }
}
