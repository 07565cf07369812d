package dev.unitymlops.stage.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.JobJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code job.json}: whose folder it is. Written once, by the first claim. */
final class JobIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(JobIdentity.class);

    private final Path file;

    JobIdentity(Path folder) {
        this.file = folder.resolve("job.json");
    }

    /** What {@code job.json} holds. */
    record Content(String jobId, String contentHash, JsonNode job) {}

    Optional<String> contentHash() throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        JsonNode hash = StoreJson.tree(content).path("content_hash");
        if (!hash.isTextual()) {
            // Only a power cut leaves it so: it is written whole, but not through to the disk.
            LOG.warn("An unreadable job.json counts as none file={}", file);
            return Optional.empty();
        }
        return Optional.of(hash.asText());
    }

    void claim(TrainingJob job, String contentHash) throws JobRefused, IOException {
        Optional<String> there = contentHash();
        if (there.isEmpty()) {
            there = write(job, contentHash);
        }
        if (there.isPresent() && !there.get().equals(contentHash)) {
            throw new JobRefused(ArtifactStore.problem(
                    "job_id",
                    job.getJobId(),
                    "has artifacts of another content: those in %s are of content %s, this job is of content %s"
                            .formatted(file.getParent(), there.get(), contentHash),
                    "Give this job another job_id (--new-id)."));
        }
    }

    /** Another process may have been faster: then what it wrote counts. */
    private Optional<String> write(TrainingJob job, String contentHash) throws IOException {
        byte[] content = StoreJson.pretty(new Content(job.getJobId(), contentHash, JobJson.toJson(job)));
        if (WholeFile.putIfAbsent(file, content)) {
            return Optional.empty();
        }
        Optional<String> winner = contentHash();
        if (winner.isEmpty()) {
            WholeFile.commit(file, content);
        }
        return winner;
    }
}
