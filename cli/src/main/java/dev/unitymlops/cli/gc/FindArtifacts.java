package dev.unitymlops.cli.gc;

import dev.unitymlops.cli.gc.Candidate.Kind;
import dev.unitymlops.cli.gc.Candidate.Worth;
import dev.unitymlops.events.Stage;
import dev.unitymlops.stage.artifacts.ArtifactStore;
import dev.unitymlops.stage.artifacts.AttemptResult.Ending;
import dev.unitymlops.stage.artifacts.JobFolder;
import dev.unitymlops.stage.artifacts.JobLock;
import dev.unitymlops.stage.artifacts.JobRefused;
import dev.unitymlops.stage.folders.FolderUse;
import dev.unitymlops.stage.folders.RemoveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folders of an artifact store that may have to go. */
final class FindArtifacts {
    private static final String IDENTITY = "job.json";

    private final Named live;
    private final Named registered;
    private final Map<String, Instant> archives;

    /** @param archives when players were last taken for another build instead of building anew, by URI */
    FindArtifacts(Named live, Named registered, Map<String, Instant> archives) {
        this.live = live;
        this.registered = registered;
        this.archives = archives;
    }

    List<Candidate> in(ArtifactStore store, List<JobFolder> jobs) throws IOException {
        List<Candidate> found = new ArrayList<>();
        for (JobFolder job : jobs) {
            found.addAll(of(job));
        }
        for (Path leftover : store.leftovers()) {
            found.add(Leftovers.candidate(leftover));
        }
        return found;
    }

    private List<Candidate> of(JobFolder job) throws IOException {
        if (live.has(job)) {
            return List.of(kept(job, "a live job or a schedule needs it"));
        }
        if (job.identity().isEmpty()) {
            return List.of(kept(job, "it has no job.json, so it may be no job's"));
        }
        if (registered.has(job)) {
            return List.of(kept(job, "a registered model comes from it"));
        }
        return registered.hasAttemptOf(job) || live.hasAttemptOf(job) ? attempts(job) : List.of(whole(job));
    }

    private static Candidate kept(JobFolder job, String needed) throws IOException {
        return new Candidate(
                Kind.JOB, job.path(), FolderUse.of(job.path()), needed, Worth.UNTIL_OLD, () -> Optional.of(needed));
    }

    private Candidate whole(JobFolder job) throws IOException {
        Worth worth = hasSucceeded(job) ? Worth.UNTIL_FULL : Worth.UNTIL_OLD;
        return candidate(Kind.JOB, job, job.path(), null, worth, IDENTITY);
    }

    /** What is left of a success can only be looked at: nothing starts from it again. */
    private static boolean hasSucceeded(JobFolder job) throws IOException {
        return job.results(job.latestRun(), Stage.REGISTRY).stream()
                .anyMatch(result -> result.ending() instanceof Ending.Succeeded);
    }

    private List<Candidate> attempts(JobFolder job) throws IOException {
        List<Candidate> found = new ArrayList<>();
        Worth worth = hasSucceeded(job) ? Worth.UNTIL_FULL : Worth.UNTIL_OLD;
        for (Path attempt : job.attempts()) {
            String needed = registered.has(job, attempt)
                    ? "a registered model comes from it"
                    : live.has(job, attempt) ? "a live job or a schedule needs it" : null;
            found.add(candidate(Kind.ATTEMPT, job, attempt, needed, worth, "result.json"));
        }
        return found;
    }

    private Candidate candidate(
            Kind kind, JobFolder job, Path folder, @Nullable String needed, Worth worth, String last)
            throws IOException {
        FolderUse measured = FolderUse.of(folder);
        return new Candidate(
                kind,
                folder,
                new FolderUse(measured.bytes(), later(measured.lastUsed(), folder)),
                needed,
                worth,
                () -> remove(job, folder, measured, last));
    }

    private Instant later(Instant written, Path folder) {
        String below = folder.toUri().toString();
        return archives.entrySet().stream()
                .filter(archive -> archive.getKey().startsWith(below))
                .map(Map.Entry::getValue)
                .filter(written::isBefore)
                .max(Instant::compareTo)
                .orElse(written);
    }

    /** Under the lock of `mlops run`; an attempt of a service that has begun meanwhile has written into the folder. */
    private static Optional<String> remove(JobFolder job, Path folder, FolderUse measured, String last)
            throws IOException {
        try (JobLock lock = job.lock()) {
            if (!FolderUse.of(folder).equals(measured)) {
                return Optional.of("it has just been used");
            }
            RemoveFolder.of(folder, job.root(), last);
            return Optional.empty();
        } catch (JobRefused inUse) {
            return Optional.of(String.valueOf(inUse.getMessage()));
        }
    }
}
