package dev.unitymlops.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job costs on a line: processor time of this process, which other programs on the machine change less than they
 * change the clock's, and jobs per second.
 */
record Cost(double cpuMillis, double jobsPerSecond) {

    /** The cheapest of some rounds: what comes on top is the machine's, not the line's. */
    static Cost of(Drive drive, int rounds, int jobs, int inFlight) throws Exception {
        Cost best = new Cost(Double.MAX_VALUE, 0);
        long pid = ProcessHandle.current().pid();
        for (int round = 0; round < rounds; round++) {
            double before = CpuTime.seconds(pid);
            double rate = drive.round(jobs, inFlight).jobsPerSecond();
            double cpu = (CpuTime.seconds(pid) - before) * 1000 / jobs;
            best = new Cost(Math.min(best.cpuMillis, cpu), Math.max(best.jobsPerSecond, rate));
        }
        return best;
    }

    Map<String, Object> beside(Cost floor) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("cpu_ms_per_job", Math.round(cpuMillis * 10) / 10.0);
        figures.put("jobs_per_second", Math.round(jobsPerSecond));
        figures.put("cpu_of_the_floor", Math.round(cpuMillis / floor.cpuMillis * 100) / 100.0);
        figures.put("rate_of_the_floor", Math.round(jobsPerSecond / floor.jobsPerSecond * 100) / 100.0);
        return figures;
    }
}
