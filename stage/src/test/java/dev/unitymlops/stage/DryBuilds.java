package dev.unitymlops.stage;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.job.ProjectName;
import dev.unitymlops.stage.Attempt.Standing;
import java.time.Instant;
import java.util.HashMap;
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
    private final Map<String, Integer> atWork = new HashMap<>();
    private final Map<String, Integer> mostAtOnce = new HashMap<>();

    public int attempts(String jobId) {
        return attempts.getOrDefault(jobId, 0);
    }

    /** Jobs in the order in which they came here. */
    List<String> order() {
        return List.copyOf(order);
    }

    /** What attempts that look were told of their standing. */
    List<Standing> standings() {
        return List.copyOf(standings);
    }

    /** The most jobs of a project that were here at the same time. */
    synchronized int mostAtOnce(String project) {
        return mostAtOnce.getOrDefault(project, 0);
    }

    private synchronized void count(JobRequested input, int change) {
        String project = ProjectName.of(input.getJob());
        int now = atWork.merge(project, change, Integer::sum);
        mostAtOnce.merge(project, now, Math::max);
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
        count(input, 1);
        try {
            return counted(input, attempt);
        } finally {
            count(input, -1);
        }
    }

    private BuildCompleted counted(JobRequested input, Attempt attempt) throws StageFailure, InterruptedException {
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
            case "wait-and-look" -> {
                release.await();
                // Its worker has read by then all that was in the queue at the release.
                standings.add(attempt.standing());
            }
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
