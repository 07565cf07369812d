package dev.unitymlops.cli.jobs;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.events.EventReader;
import dev.unitymlops.cli.events.EventTopics;
import dev.unitymlops.cli.events.JobEvent;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.view.JobView;
import dev.unitymlops.job.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job of a cluster, as all its events tell of it until now.
 *
 * @param events by time
 */
record KnownJob(String jobId, List<JobEvent> events, JobView view) {
    /** @throws Refused when the cluster has no such job */
    static KnownJob of(Cluster cluster, String jobId) {
        var others = new TreeSet<String>();
        var events = new ArrayList<JobEvent>();
        try (var reader = EventReader.fromBeginning(cluster, EventTopics.WITH_PROMOTIONS)) {
            for (JobEvent event : reader.history()) {
                if (event.jobId().equals(jobId)) {
                    events.add(event);
                } else {
                    others.add(event.jobId());
                }
            }
        }
        if (events.isEmpty()) {
            throw unknown(jobId, others);
        }
        events.sort(JobEvent.BY_TIME);
        var view = new JobView(jobId);
        events.forEach(view::add);
        return new KnownJob(jobId, events, view);
    }

    /** @param others the jobs that there are, as far as they are known */
    static Refused unknown(String jobId, Set<String> others) {
        return new Refused("There is no job " + jobId
                + Suggestion.nearest(jobId, others)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; mlops jobs lists those there are."));
    }
}
