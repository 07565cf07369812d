/**
 * What the three stages share: intake, coordinator, worker, artifacts, child processes, progress.
 *
 * <p>Guarantees: each event exactly once to {@code read_committed} readers; one holder per job and stage at any time;
 * every accepted run of a job ends in exactly one of {@code model-registered} and {@code job-failed}; outside effects at
 * least once, made idempotent by job and behaviour.
 */
package dev.unitymlops.stage;
