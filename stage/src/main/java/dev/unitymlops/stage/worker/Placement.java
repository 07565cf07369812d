package dev.unitymlops.stage.worker;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.zip.CRC32C;

/**
 * Rendezvous hashing: each job prefers the workers in an order of its own, so that free workers that see the same queue
 * rarely claim the same job. A clash costs a stale claim, nothing else.
 */
final class Placement {

    private Placement() {}

    /** How many of the other workers the job prefers to this one. */
    static int rank(String jobId, String worker, Collection<String> others) {
        long own = weight(jobId, worker);
        return (int) others.stream()
                .filter(other -> !other.equals(worker))
                .filter(other -> weight(jobId, other) < own)
                .count();
    }

    private static long weight(String jobId, String worker) {
        CRC32C crc = new CRC32C();
        crc.update(worker.getBytes(StandardCharsets.UTF_8));
        crc.update('/');
        crc.update(jobId.getBytes(StandardCharsets.UTF_8));
        // A checksum is linear: without mixing, two workers' weights differ by a constant and few workers get most
        // jobs.
        long mixed = crc.getValue() * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
