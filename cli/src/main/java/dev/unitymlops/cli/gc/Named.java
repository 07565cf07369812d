package dev.unitymlops.cli.gc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.stage.artifacts.JobFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The jobs and attempts that records name. A path is known by its end, {@code <job>/run-1/train/attempt-2}, since the
 * same store may be mounted elsewhere here than where the record was written.
 */
final class Named {
    private static final Pattern ATTEMPT =
            Pattern.compile("([^/]+)/(run-\\d{1,9})/(build|train|registry)/(attempt-\\d{1,9})(?:/|$)");

    private final Set<String> known;
    private final Set<String> jobs = new HashSet<>();
    private final Set<String> attempts = new HashSet<>();
    private final Set<String> jobsOfAttempts = new HashSet<>();

    /** @param known ids of the jobs that there are: nothing else can be named */
    Named(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    /** Takes in a job's id; another text is none. */
    void job(@Nullable String text) {
        if (text != null && known.contains(text)) {
            jobs.add(text);
        }
    }

    /** Takes in where a file is; what leads to a job's folder but to no attempt in it names the whole job. */
    void path(String text) {
        Matcher attempt = ATTEMPT.matcher(text);
        if (attempt.find()) {
            jobsOfAttempts.add(attempt.group(1));
            attempts.add(String.join("/", attempt.group(1), attempt.group(2), attempt.group(3), attempt.group(4)));
        } else if (text.contains("/")) {
            for (String segment : text.split("/", -1)) {
                job(segment);
            }
        }
    }

    /** Takes in all paths of a record, at any depth. */
    void paths(@Nullable Object value) {
        switch (value) {
            case CharSequence text -> path(text.toString());
            case IndexedRecord object ->
                object.getSchema().getFields().forEach(field -> paths(object.get(field.pos())));
            case Collection<?> list -> list.forEach(this::paths);
            case Map<?, ?> map -> map.values().forEach(this::paths);
            case null, default -> {}
        }
    }

    /** Takes in all paths of a JSON value, at any depth. */
    void paths(JsonNode value) {
        if (value.isTextual()) {
            path(value.textValue());
        } else {
            value.forEach(this::paths);
        }
    }

    /** Whether the whole job is named. */
    boolean has(JobFolder job) {
        return jobs.contains(job.jobId());
    }

    /** Whether one of the job's attempts is named. */
    boolean hasAttemptOf(JobFolder job) {
        return jobsOfAttempts.contains(job.jobId());
    }

    /** Whether this attempt is named. */
    boolean has(JobFolder job, Path attempt) {
        Path below = job.path().relativize(attempt);
        return attempts.contains(job.jobId() + "/"
                + below.toString().replace(below.getFileSystem().getSeparator(), "/"));
    }
}
