package dev.unitymlops.stage.worker;

import static dev.unitymlops.stage.worker.QueuedJobs.STEP;
import static dev.unitymlops.stage.worker.QueuedJobs.queued;
import static dev.unitymlops.stage.worker.QueuedJobs.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkViewTest {

    private final WorkView view = new WorkView();

    @Test
    void theLeastInTheQueuesOrderComesFirstThenTheId() {
        view.put("young", queued(5, 30));
        view.put("b-old", queued(5, 10));
        view.put("a-old", queued(5, 10));
        view.put("urgent", queued(9, 40));
        view.put("held", work(WorkPhase.HELD, 2, 9, 1));
        assertThat(order()).containsExactly("urgent", "a-old", "b-old", "young");
        assertThat(view.oldestQueued()).isEqualTo(10);
    }

    /** For ever a job of the highest priority comes as soon as one is taken. */
    @Test
    void aJobOfTheLowestPriorityWaitsForThoseOnlyThatCameWithinNineSteps() {
        view.put("patient", queued(0, 0));
        int served = 0;
        String next = "";
        for (long now = 1; !next.equals("patient"); now += STEP / 10) {
            view.put("urgent-" + now, queued(9, now));
            next = order().getFirst();
            view.remove(next);
            served += next.equals("patient") ? 0 : 1;
        }
        assertThat(served).isEqualTo(90);
    }

    @Test
    void aRecordOfAnOlderVersionStandsByItsAgeAlone() {
        StageWork old = queued(9, 10);
        old.setQueueOrder(null);
        view.put("old", old);
        view.put("older", queued(0, 9));
        view.put("younger", queued(0, 11));
        assertThat(order()).containsExactly("older", "old", "younger");
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
    void jobsOfDifferentRequirementsStandInOneOrder() {
        view.put("a", queued(5, 10));
        view.put("c", queued(5, 30));
        view.put("b", queued(5, 20, "gpu"));
        view.put("d", queued(5, 40, "gpu"));
        view.put("e", queued(9, 50, "tpu"));
        assertThat(order()).containsExactly("e", "a", "b", "c", "d");
        assertThat(view.queued(requires -> !requires.contains("tpu"))
                        .map(job -> job.getKey().jobId()))
                .containsExactly("a", "b", "c", "d");
    }

    /** One look for each kind of requirements, not for each job. */
    @Test
    void jobsThatDoNotFitCostNothingHoweverManyTheyAre() {
        for (int i = 0; i < 1_000; i++) {
            view.put("parked-" + i, queued(9, i, "tpu"));
        }
        view.put("fits", queued(0, 2_000));
        AtomicInteger looks = new AtomicInteger();
        assertThat(view.queued(requires -> {
                            looks.incrementAndGet();
                            return requires.isEmpty();
                        })
                        .map(job -> job.getKey().jobId()))
                .containsExactly("fits");
        assertThat(looks).hasValue(2);
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
        return view.queued(requires -> true).map(job -> job.getKey().jobId()).toList();
    }
}
