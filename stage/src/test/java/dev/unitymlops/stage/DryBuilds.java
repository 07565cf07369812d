package dev.unitymlops.stage;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.stage.Attempt.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A handler that does nothing but count, fail and wait as the job's metadata says. */
public final class DryBuilds implements StageHandler<JobRequested, BuildCompleted> {

    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final Queue<Standing> standings = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    public int attempts(String jobId) {
        return attempts.getOrDefault(jobId, 0);
    }

    /** Jobs in the order in which they came here. */
    List<String> order() {
        return List.copyOf(order);
    }

    /** What attempts at "finish-when-cancelled" were told of their standing. */
    List<Standing> standings() {
        return List.copyOf(standings);
    }

    void release() {
        release.countDown();
    }

    /** As a handler does whose work cannot be taken back. */
    private void finishWhenCancelled(Attempt attempt) throws InterruptedException {
        standings.add(attempt.standing());
        try {
            release.await();
        } catch (InterruptedException e) {
            Standing standing = attempt.standing();
            standings.add(standing);
            if (standing != Standing.CANCELLED) {
                throw e;
            }
        }
    }

    @Override
    public BuildCompleted handle(JobRequested input, Attempt attempt) throws StageFailure, InterruptedException {
        order.add(input.getJob().getJobId());
        int tries = attempts.merge(input.getJob().getJobId(), 1, Integer::sum);
        switch (input.getJob().getMetadata().getOrDefault("do", "")) {
            case "fail-once" -> {
                if (tries == 1) {
                    throw StageFailure.infrastructure("the first try fails");
                }
            }
            case "fail" -> throw StageFailure.user("this job always fails");
            case "wait" -> release.await();
            case "finish-when-cancelled" -> finishWhenCancelled(attempt);
            default -> attempt.progress().phase("building");
        }
        Instant now = Instant.now();
        return BuildCompleted.newBuilder()
                .setJobId(input.getJob().getJobId())
                .setRun(attempt.run())
                .setAttempt(attempt.number())
                .setContentHash(attempt.contentHash())
                .setDryRun(input.getJob().getDryRun())
                .setStartedAt(attempt.startedAt())
                .setCompletedAt(now)
                .setArtifacts(attempt.folder().toUri().toString())
                .setJob(input.getJob())
                .setBuild(BuildFacts.newBuilder()
                        .setRun(attempt.run())
                        .setAttempt(attempt.number())
                        .setArtifacts(attempt.folder().toUri().toString())
                        .setBehaviourOrigin("template")
                        .build())
                .build();
    }
}
