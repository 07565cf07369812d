package dev.unitymlops.system.faults;

import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WorkPhase;
import dev.unitymlops.testkit.DeliveryGuarantee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * At no point of a stage's work topic has a job two holders: all of its records are in one partition, an attempt has one
 * worker for good, a new holder has a higher attempt, versions rise, and an ended run comes to life no more.
 */
record OneHolder() implements DeliveryGuarantee {

    /** A job in a stage. */
    private record Place(String topic, String jobId) {}

    @Override
    public List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        Map<Place, History> histories = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        for (var record : records) {
            Place place = new Place(record.topic(), record.key());
            History history = histories.computeIfAbsent(place, it -> new History(record.partition()));
            String wrong = history.add(record.partition(), (StageWork) record.value());
            if (wrong != null) {
                breaches.add("%s on %s-%d@%d: %s"
                        .formatted(record.key(), record.topic(), record.partition(), record.offset(), wrong));
            }
        }
        return breaches;
    }

    /** What a job's records said so far. */
    private static final class History {
        private final int partition;
        private int endedRun;
        private int run;
        private int attempt;
        private long version = -1;
        private @Nullable StageWork last;

        History(int partition) {
            this.partition = partition;
        }

        /** Gives what is wrong with a further record. */
        @Nullable
        String add(int itsPartition, @Nullable StageWork work) {
            if (itsPartition != partition) {
                return "its earlier records are in partition " + partition;
            }
            if (work == null) {
                endedRun = run;
                last = null;
                return null;
            }
            String wrong = wrong(work);
            if (work.getRun() != run) {
                attempt = 0;
            }
            run = work.getRun();
            attempt = Math.max(attempt, work.getAttempt());
            version = work.getVersion();
            last = work;
            return wrong;
        }

        private @Nullable String wrong(StageWork work) {
            if (work.getRun() <= endedRun) {
                return "run " + work.getRun() + " had ended";
            }
            if (work.getRun() == run && work.getVersion() <= version) {
                return "version " + work.getVersion() + " after " + version;
            }
            return held(work) ? wrongHolder(work) : null;
        }

        private @Nullable String wrongHolder(StageWork work) {
            StageWork before = last;
            if (before != null && held(before) && before.getRun() == work.getRun()) {
                boolean same = before.getAttempt() == work.getAttempt();
                if (same && !Objects.equals(before.getWorker(), work.getWorker())) {
                    return "attempt %d is held by %s and by %s"
                            .formatted(work.getAttempt(), before.getWorker(), work.getWorker());
                }
                if (same) {
                    return null;
                }
            }
            return work.getRun() == run && work.getAttempt() <= attempt
                    ? "attempt %d is given out again, to %s".formatted(work.getAttempt(), work.getWorker())
                    : null;
        }

        private static boolean held(StageWork work) {
            return work.getPhase() == WorkPhase.HELD || work.getPhase() == WorkPhase.CANCELLING;
        }
    }
}
