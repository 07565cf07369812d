package dev.unitymlops.scheduler.decision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is left of {@link Schedules} when all else is lost, as the stores of the service have it. */
final class Kept {

    private final Map<String, Output> byKey = new HashMap<>();

    void keep(List<Output> outputs) {
        for (Output output : outputs) {
            switch (output) {
                case Output.KeepSchedule kept -> put("schedule " + kept.scheduleId(), kept, kept.schedule());
                case Output.KeepPlace kept -> put("place " + kept.jobId(), kept, kept.place());
                case Output.KeepWaiting kept -> put("waiting " + kept.number(), kept, kept.job());
                case Output.Ticked told -> {}
                case Output.Requested told -> {}
                case Output.Cancelled told -> {}
            }
        }
    }

    private void put(String key, Output output, @Nullable Object value) {
        if (value == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, output);
        }
    }

    Schedules replayed(Limits limits) {
        Schedules schedules = new Schedules(limits);
        byKey.values().forEach(schedules::replay);
        return schedules;
    }

    int size() {
        return byKey.size();
    }
}
