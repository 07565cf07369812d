package dev.unitymlops.stage.coordinator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs who reports on an attempt that is not his, once for each: a worker that was given up and has not noticed yet
 * would say it every third of a lease. One thread.
 */
final class StrayReports {

    private static final Logger LOG = LoggerFactory.getLogger(StrayReports.class);

    /** Enough for the workers of a lost rack; who is forgotten is logged once more. */
    static final int MOST = 1024;

    private final String stage;
    private final Map<Stray, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stray, Boolean> eldest) {
            return size() > MOST;
        }
    };

    private record Stray(String jobId, int run, int attempt, String worker) {}

    StrayReports(String stage) {
        this.stage = stage;
    }

    void ignored(String jobId, Command.Report report) {
        if (isNews(jobId, report)) {
            LOG.info(
                    "A report of who does not hold the job is ignored jobId={} stage={} run={} attempt={} worker={}",
                    jobId,
                    stage,
                    report.run(),
                    report.attempt(),
                    report.worker());
        }
    }

    /** Whether it is the first of this worker on this attempt. */
    boolean isNews(String jobId, Command.Report report) {
        return known.putIfAbsent(new Stray(jobId, report.run(), report.attempt(), report.worker()), true) == null;
    }
}
