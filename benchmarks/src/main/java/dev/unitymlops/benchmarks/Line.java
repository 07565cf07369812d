package dev.unitymlops.benchmarks;

import java.util.Set;

/** A line of work that takes jobs in and tells when they are out at the other end. */
interface Line extends AutoCloseable {

    /** Puts the job in; returns once the broker has it. */
    void put(String jobId) throws InterruptedException;

    /** Waits for jobs to come out and returns their ids; empty when none came for a while. */
    Set<String> take();

    @Override
    void close();
}
