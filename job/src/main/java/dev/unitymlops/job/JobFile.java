package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A job file: YAML 1.2 (JSON schema) or JSON, with the original pipeline's field names. */
public final class JobFile {
    /** Largest file that is read, in bytes, or characters of a text. */
    public static final int MAX_SIZE = ReadTree.MAX_SIZE;

    private static final ReadTree TREE =
            new ReadTree("Give a job file.", "Check the path; `mlops init` writes a job file.");

    private JobFile() {}

    /** What reading found; nothing is thrown for bad input. */
    public sealed interface Result {}

    /** A job that {@link JobRules} accepts, and remarks on what it does not say or says to no effect. */
    public record Valid(TrainingJob job, List<String> warnings) implements Result {}

    /** Everything that is wrong with the file. */
    public record Invalid(List<Problem> problems) implements Result {}

    /** The commented job file that {@code mlops init} writes. */
    public static String template() {
        try (InputStream in = JobFile.class.getResourceAsStream("init.yaml")) {
            return new String(Objects.requireNonNull(in, "init.yaml").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("init.yaml of this program cannot be read", e);
        }
    }

    /** Reads a file whose paths are of this machine. */
    public static Result read(Path file, JobDefaults defaults) {
        return read(file, defaults, Where.HERE);
    }

    public static Result read(Path file, JobDefaults defaults, Where where) {
        Findings findings = new Findings();
        return result(TREE.ofFile(file, findings), defaults, where, findings);
    }

    public static Result parse(String text, JobDefaults defaults) {
        return parse(text, defaults, Where.HERE);
    }

    public static Result parse(String text, JobDefaults defaults, Where where) {
        Findings findings = new Findings();
        return result(TREE.ofText(text, findings), defaults, where, findings);
    }

    /** A job that is part of another file; the tree may be changed. */
    public static Result parse(JsonNode tree, JobDefaults defaults, Where where) {
        return result(tree, defaults, where, new Findings());
    }

    private static Result result(@Nullable JsonNode tree, JobDefaults defaults, Where where, Findings findings) {
        TrainingJob job = tree == null ? null : job(tree, defaults, findings);
        if (job != null) {
            findings.addUnlessKnown(JobRules.inspect(job, where));
        }
        return job == null || findings.hasProblems()
                ? new Invalid(findings.problems())
                : new Valid(job, findings.warnings());
    }

    private static @Nullable TrainingJob job(JsonNode tree, JobDefaults defaults, Findings findings) {
        if (tree instanceof ObjectNode object) {
            OlderNames.rewrite(object, findings);
            defaults.fill(object, findings);
        }
        return JobJson.read(tree, findings);
    }
}
