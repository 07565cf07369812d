package dev.unitymlops.stage.worker;

import static dev.unitymlops.stage.worker.QueuedJobs.queued;
import static dev.unitymlops.stage.worker.QueuedJobs.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.WorkPhase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkViewTest {

    private final WorkView view = new WorkView();

    @Test
    void theMostUrgentComesFirstThenTheOldest() {
        view.put("young", queued(5, 30));
        view.put("b-old", queued(5, 10));
        view.put("a-old", queued(5, 10));
        view.put("urgent", queued(9, 40));
        view.put("held", work(WorkPhase.HELD, 2, 9, 1));
        assertThat(order()).containsExactly("urgent", "a-old", "b-old", "young");
        assertThat(view.oldestQueued()).isEqualTo(10);
    }

    @Test
    void aJobIsCountedWhereItStands() {
        view.put("job", queued(5, 10));
        view.put("job", work(WorkPhase.HELD, 2, 5, 10));
        assertThat(view.count(WorkPhase.QUEUED)).isZero();
        assertThat(view.count(WorkPhase.HELD)).isEqualTo(1);
        assertThat(order()).isEmpty();
        assertThat(view.oldestQueued()).isZero();
        view.remove("job");
        view.remove("job");
        assertThat(view.count(WorkPhase.HELD)).isZero();
    }

    @Test
    void twoOfTheSameAgeAreTwo() {
        view.put("a", queued(5, 10));
        view.put("b", queued(5, 10));
        view.remove("a");
        assertThat(view.oldestQueued()).isEqualTo(10);
        view.remove("b");
        assertThat(view.oldestQueued()).isZero();
    }

    @Test
    void queuedJobsThatNoWorkerCouldTakeAreCounted() {
        view.put("plain", queued(5, 10));
        view.put("gpu-a", queued(5, 10, "gpu"));
        view.put("gpu-b", queued(5, 10, "gpu"));
        view.put("held", work(WorkPhase.HELD, 2, 5, 10, "gpu"));
        assertThat(view.unschedulable(Set.of())).isEqualTo(3);
        assertThat(view.unschedulable(Set.of(new WorkOffer(Set.of(), null)))).isEqualTo(2);
        assertThat(view.unschedulable(Set.of(new WorkOffer(Set.of("gpu"), null))))
                .isZero();
        view.remove("gpu-a");
        assertThat(view.unschedulable(Set.of(new WorkOffer(Set.of(), null)))).isEqualTo(1);
    }

    private List<String> order() {
        return view.queued().map(job -> job.getKey().jobId()).toList();
    }
}
